/** Targets of a regression: standardised for the network, in their own units everywhere else. */
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { addToMoments, createMoments, meanOf, standardDeviationOf } from '../graph/moments.ts'
import { keyText } from '../graph/subgraph.ts'

/** value = mean + std * output, target by target. */
export interface TargetScaling {
  /** [C] */
  readonly mean: readonly number[]
  /** Standard deviation, 1 where all targets are equal. [C] */
  readonly std: readonly number[]
}

/**
 * Mean and standard deviation of the targets of the training graphs.
 *
 * @throws RangeError if a graph has no targets, another number of them, or one that is not finite
 */
export function fitTargetScaling(graphs: readonly EncodedGraph[]): TargetScaling {
  const count = graphs[0]?.targets?.length ?? 1
  const moments = createMoments(count)
  for (const graph of graphs) addToMoments(moments, targetsOf(graph, count))
  return {
    mean: meanOf(moments),
    std: standardDeviationOf(moments).map((deviation) => (deviation > 0 ? deviation : 1)),
  }
}

/** @throws RangeError unless the graph has `count` targets, all of them finite */
export function targetsOf({ key, targets }: EncodedGraph, count: number): readonly number[] {
  if (targets?.length !== count)
    throw new RangeError(
      `Cannot use graph ${keyText(key)}: expected ${count === 1 ? 'a target' : `${count} targets`}, got ${targets?.length ?? 'none'}`,
    )
  const wrong = targets.find((target) => !Number.isFinite(target))
  if (wrong !== undefined)
    throw new RangeError(`Cannot use graph ${keyText(key)}: expected finite targets, got ${wrong}`)
  return targets
}

export function standardized(targets: readonly number[], { mean, std }: TargetScaling): number[] {
  return targets.map((target, c) => (target - (mean[c] ?? 0)) / (std[c] ?? 1))
}

export function inTargetUnits(outputs: ArrayLike<number>, { mean, std }: TargetScaling): number[] {
  return Array.from(outputs, (output, c) => (mean[c] ?? 0) + (std[c] ?? 1) * output)
}
