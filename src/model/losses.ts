/**
 * The losses: cross-entropy of classes, squared error of standardised targets. They concern [B, C] numbers, a thousandth of
 * what a layer computes, so their values are plain loops in double precision; their gradients are part of the network's.
 */
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { keyText } from '../graph/subgraph.ts'
import type { NetworkShape } from './parameters.ts'
import type { NumberArray } from './step.ts'
import { inTargetUnits, standardized, type TargetScaling, targetsOf } from './targets.ts'

/** The loss of graphs that are named by their index. */
export interface Loss {
  /** By how much these graphs count: what a sum of losses is divided by. */
  weightOf(indices: Int32Array): number
  /** Weighted sum of the losses of graphs whose outputs [B, C] these are. */
  valueOf(outputs: Float32Array, indices: Int32Array): number
  /** What the gradient program needs of them, `total` being the weight of the whole batch. */
  shardArrays(indices: Int32Array, total: number): { targets: NumberArray; weights: NumberArray }
  /** Unweighted measures over graphs. */
  measure(outputs: Float32Array, indices: Int32Array): Measures
}

export interface Measures {
  /** Mean loss. */
  readonly loss: number
  /** `null` for a regression. */
  readonly accuracy: number | null
  /** In the targets' own units, mean over targets; `null` for classes. */
  readonly meanAbsoluteError: number | null
}

export interface LossOptions {
  /** `null` for classes. */
  readonly targetScaling: TargetScaling | null
  /** Number of graphs, from the first on, whose classes shall all count the same; `null`: each graph counts the same. */
  readonly balanced: number | null
}

/** @throws RangeError if a graph has no class, or no targets, or others than the network has outputs for */
export function createLoss(
  { outputCount }: Pick<NetworkShape, 'outputCount'>,
  graphs: readonly EncodedGraph[],
  { targetScaling, balanced }: LossOptions,
): Loss {
  return targetScaling === null
    ? crossEntropyLoss(
        graphs.map((graph) => classOf(graph, outputCount)),
        outputCount,
        balanced,
      )
    : squaredErrorLoss(graphs, outputCount, targetScaling)
}

function classOf({ key, y }: EncodedGraph, classCount: number): number {
  if (y === null) throw new RangeError(`Cannot train: graph ${keyText(key)} has no class`)
  if (y >= 0 && y < classCount) return y
  throw new RangeError(`Cannot train: expected a class from 0 to ${classCount - 1} of graph ${keyText(key)}, got ${y}`)
}

function crossEntropyLoss(classes: readonly number[], classCount: number, balanced: number | null): Loss {
  const classWeights = balanced === null ? null : balancedWeights(classes.slice(0, balanced), classCount)
  const weight = (g: number) => classWeights?.[classes[g] ?? 0] ?? 1
  return {
    weightOf: (indices) => indices.reduce((sum, g) => sum + weight(g), 0),
    valueOf(outputs, indices) {
      let sum = 0
      indices.forEach((g, i) => {
        sum += weight(g) * crossEntropy(outputs.subarray(i * classCount, (i + 1) * classCount), classes[g] ?? 0)
      })
      return sum
    },
    shardArrays(indices, total) {
      const targets = new Float32Array(indices.length * classCount)
      indices.forEach((g, i) => {
        targets[i * classCount + (classes[g] ?? 0)] = 1
      })
      const weights = Float32Array.from(indices, (g) => weight(g) / total)
      return {
        targets: { values: targets, shape: [indices.length, classCount] },
        weights: { values: weights, shape: [indices.length, 1] },
      }
    },
    measure(outputs, indices) {
      let [sum, right] = [0, 0]
      indices.forEach((g, i) => {
        const logits = outputs.subarray(i * classCount, (i + 1) * classCount)
        sum += crossEntropy(logits, classes[g] ?? 0)
        if (logits.indexOf(Math.max(...logits)) === classes[g]) right++
      })
      return { loss: sum / indices.length, accuracy: right / indices.length, meanAbsoluteError: null }
    },
  }
}

/** Softmax cross-entropy of one graph's logits [C], in nats. */
export function crossEntropy(logits: Float32Array, y: number): number {
  const largest = Math.max(...logits)
  return (
    Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0)) + largest - (logits[y] ?? Number.NaN)
  )
}

/** N / (C N_c) for each class c, as in scikit-learn and GDS; 0 for a class without graphs. [C] */
export function balancedWeights(classes: readonly number[], classCount: number): number[] {
  return Array.from({ length: classCount }, (_, c) => {
    const count = classes.filter((y) => y === c).length
    return count === 0 ? 0 : classes.length / (classCount * count)
  })
}

/** Probabilities of logits [C]. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits)
  const largest = Math.max(...values)
  const powers = values.map((logit) => Math.exp(logit - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

function squaredErrorLoss(graphs: readonly EncodedGraph[], count: number, scaling: TargetScaling): Loss {
  const scaled = graphs.map((graph) => standardized(targetsOf(graph, count), scaling))
  const squares = (outputs: Float32Array, indices: Int32Array) => {
    let sum = 0
    indices.forEach((g, i) => {
      scaled[g]?.forEach((target, c) => {
        sum += ((outputs[i * count + c] ?? Number.NaN) - target) ** 2 / count
      })
    })
    return sum
  }
  return {
    weightOf: (indices) => indices.length,
    valueOf: squares,
    shardArrays(indices, total) {
      const targets = Float32Array.from(Array.from(indices).flatMap((g) => scaled[g] ?? []))
      return {
        targets: { values: targets, shape: [indices.length, count] },
        weights: { values: new Float32Array(indices.length).fill(2 / (count * total)), shape: [indices.length, 1] },
      }
    },
    measure(outputs, indices) {
      let sum = 0
      indices.forEach((g, i) => {
        const wanted = graphs[g]?.targets ?? []
        inTargetUnits(outputs.subarray(i * count, (i + 1) * count), scaling).forEach((value, c) => {
          sum += Math.abs(value - (wanted[c] ?? Number.NaN)) / count
        })
      })
      return {
        loss: squares(outputs, indices) / indices.length,
        accuracy: null,
        meanAbsoluteError: sum / indices.length,
      }
    },
  }
}
