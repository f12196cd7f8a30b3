/** A graph as the sum of its nodes' features, as a linear model sees it. */
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { addToMoments, createMoments, meanOf, standardDeviationOf } from '../../graph/moments.ts'

export interface BagScaling {
  /** [F] */
  readonly mean: readonly number[]
  /** Standard deviation, 1 where all sums are equal. [F] */
  readonly std: readonly number[]
}

/** Of the sums over training graphs: sums of large graphs and rare features would be learned at very different paces. */
export function fitBagScaling(graphs: readonly EncodedGraph[]): BagScaling {
  const moments = createMoments(graphs[0]?.featureCount ?? 0)
  for (const graph of graphs) addToMoments(moments, bagOf(graph))
  return {
    mean: meanOf(moments),
    std: standardDeviationOf(moments).map((deviation) => (deviation > 0 ? deviation : 1)),
  }
}

/** [F] */
function bagOf({ x, nodeCount, featureCount }: EncodedGraph): number[] {
  const sums = Array.from({ length: featureCount }, () => 0)
  for (let v = 0; v < nodeCount; v++)
    for (let f = 0; f < featureCount; f++) sums[f] = (sums[f] ?? 0) + (x[v * featureCount + f] ?? 0)
  return sums
}
