/**
 * Holds hand-written gradients to finite differences. The slope of f = sum of outputs * cotangents along a direction d is
 * (f(x + s d) - f(x - s d)) / 2s; by the gradient, it is the sum of gradient * d.
 */
import { expect } from 'vitest'
import { createRandom } from '../../../src/graph/random.ts'
import type { Value } from '../../../src/model/ops.ts'
import { compile } from '../../../src/model/program/compile.ts'
import type { NumberArray } from '../../../src/model/step.ts'
import { at, randomArray } from './compute.ts'

export interface Point {
  /** What gradients are taken by. */
  readonly variables: readonly NumberArray[]
  readonly constants: readonly NumberArray[]
  /** Gradient of f by each output, in its shape. */
  readonly cotangents: readonly NumberArray[]
}

export type Differentiable = (
  variables: readonly Value[],
  constants: readonly Value[],
) => {
  readonly outputs: readonly Value[]
  /** Gradients by the variables. */
  readonly backward: (cotangents: readonly Value[]) => readonly Value[]
}

export interface GradientCheck {
  /** Expects the gradient to fit, along itself and along a random direction, variable by variable. */
  check(point: Point): void
  /** Expects that most directions were smooth, and frees the program. */
  finish(): void
}

/** Length of the step along a direction of length 1. */
const step = 1e-2
/** Of the gradient's length; and of what rounding makes of differences, where numbers are about 1. */
const [relativeTolerance, absoluteTolerance] = [1e-2, 3e-4]

/** `example`: a point of the form that all have. */
export function gradientCheck(differentiable: Differentiable, example: Point): GradientCheck {
  const [variableCount, constantCount] = [example.variables.length, example.constants.length]
  const arraysOf = ({ variables, constants, cotangents }: Point) => [...variables, ...constants, ...cotangents]
  const program = compile((values) => {
    const { outputs, backward } = differentiable(
      values.slice(0, variableCount),
      values.slice(variableCount, variableCount + constantCount),
    )
    return [...outputs, ...backward(values.slice(variableCount + constantCount))]
  }, arraysOf(example))
  let smooth = 0
  let rough = 0

  const check = (point: Point) => {
    const outputCount = point.cotangents.length
    const gradients = program.run(arraysOf(point)).slice(outputCount)
    expect(gradients.length).toBe(variableCount)
    point.variables.forEach((variable, i) => {
      const gradient = at(gradients, i)
      expect(gradient.length).toBe(variable.values.length)
      const valueAt = (change: (at: number) => number) => {
        const moved = { ...variable, values: Float32Array.from(variable.values, (x, j) => x + change(j)) }
        const outputs = program.run(arraysOf({ ...point, variables: point.variables.with(i, moved) }))
        return point.cotangents.reduce((sum, { values }, o) => sum + dot(at(outputs, o), values), 0)
      }
      const length = Math.sqrt(dot(gradient, gradient))
      const tolerance = relativeTolerance * length + absoluteTolerance
      const random = randomArray([gradient.length], createRandom(i, 'direction')).values
      const here = valueAt(() => 0)
      for (const direction of [unit(length > 0 ? gradient : random), unit(random)]) {
        const along = (s: number) => valueAt((j) => s * (direction[j] ?? 0))
        const wide = differencesOf(along(-step), here, along(step), step)
        const narrow = differencesOf(along(-step / 2), here, along(step / 2), step / 2)
        // Near a kink of ReLU, slopes have no limit, and the bend does not become less over a shorter way.
        const kink = Math.max(Math.abs(wide.slope - narrow.slope), Math.abs(wide.bend - 2 * narrow.bend))
        if (kink > tolerance / 3) {
          rough++
          continue
        }
        smooth++
        const expected = dot(gradient, direction)
        const error = Math.abs(narrow.slope - expected)
        expect(error, `variable ${i}: slope ${narrow.slope}, by the gradient ${expected}`).toBeLessThan(tolerance)
      }
    })
  }

  const finish = () => {
    program.dispose()
    expect(smooth).toBeGreaterThan(rough)
  }
  return { check, finish }
}

/** Of values at -s, 0 and s: the slope, and by how much it is steeper on the right than on the left. */
function differencesOf(left: number, here: number, right: number, s: number) {
  return { slope: (right - left) / (2 * s), bend: (right - 2 * here + left) / s }
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? Number.NaN) * (b[i] ?? Number.NaN)
  return sum
}

/** A direction of length 1. */
function unit(numbers: ArrayLike<number>): Float64Array {
  const length = Math.sqrt(dot(numbers, numbers)) || 1
  return Float64Array.from(numbers, (number) => number / length)
}
