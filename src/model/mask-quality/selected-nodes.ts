/** Which nodes of a graph are taken out of it, or kept alone: those of highest mask, or as many random ones. */
import { type Random, shuffled } from '../../graph/random.ts'

/** Number of nodes that make up `share` of N, rounded; one at least. */
export function selectedCount(nodeCount: number, share: number): number {
  return Math.max(1, Math.round(share * nodeCount))
}

/** Whether each node is among the `count` of highest mask; of equal ones the first count. [N] */
export function highestNodes(masks: Float32Array, count: number): boolean[] {
  const order = Array.from(masks.keys()).sort((a, b) => (masks[b] ?? 0) - (masks[a] ?? 0) || a - b)
  return among(order.slice(0, count), masks.length)
}

/** Whether each node is among `count` random ones, all sets of them equally likely. [N] */
export function randomNodes(nodeCount: number, count: number, random: Random): boolean[] {
  const order = shuffled(
    Array.from({ length: nodeCount }, (_, v) => v),
    random,
  )
  return among(order.slice(0, count), nodeCount)
}

function among(nodes: readonly number[], nodeCount: number): boolean[] {
  const chosen = new Array<boolean>(nodeCount).fill(false)
  for (const v of nodes) chosen[v] = true
  return chosen
}
