/** The weights of a baseline by their names, as parts of one flat vector. */
import type { Linear } from '../linear.ts'
import { concat, reshape, slice, type Value } from '../ops.ts'
import { sizeOf } from '../parameters.ts'
import type { BaselineParameter } from './baseline-shape.ts'

export type BaselineWeights = Readonly<Record<string, Value>>

/** The weights in a flat vector [P]. */
export function splitBaseline(layout: readonly BaselineParameter[], flat: Value): BaselineWeights {
  let at = 0
  return Object.fromEntries(
    layout.map((parameter) => {
      const first = at
      at += sizeOf(parameter)
      return [parameter.name, reshape(slice(flat, first, sizeOf(parameter)), parameter.shape)]
    }),
  )
}

/** The flat vector [P] of gradients. */
export function joinBaseline(layout: readonly BaselineParameter[], gradients: BaselineWeights): Value {
  return concat(layout.map((parameter) => reshape(weightOf(gradients, parameter.name), [sizeOf(parameter)])))
}

/** @throws RangeError where there is none of that name */
export function weightOf(weights: BaselineWeights, name: string): Value {
  const weight = weights[name]
  if (weight === undefined) throw new RangeError(`Cannot compute: expected a weight ${name}, got none`)
  return weight
}

/** Weight and bias of a name. */
export function linearOf(weights: BaselineWeights, name: string): Linear<Value> {
  return { weight: weightOf(weights, `${name}.weight`), bias: weightOf(weights, `${name}.bias`) }
}

/** The inverse of {@link linearOf}. */
export function named(name: string, { weight, bias }: Linear<Value>): BaselineWeights {
  return { [`${name}.weight`]: weight, [`${name}.bias`]: bias }
}
