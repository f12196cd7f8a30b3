/** Masks that are given instead of learned: for what-if questions, and for the theorems of the paper (section 3). */
import type { Batch } from '../graph/batch.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { keyText } from '../graph/subgraph.ts'
import type { PreassignedOf } from './smg-layer.ts'
import type { NumberArray } from './step.ts'

/** Given mask of node v in layer k at [k * N + v]; NaN where the mask network decides. [K, N] */
export type GivenMasks = Float32Array

/**
 * The masks given for a graph, `undefined` where there are none.
 *
 * @throws RangeError unless there is a number for every node in every layer
 */
export function givenMasksOf(
  graph: EncodedGraph,
  givenMasks: ReadonlyMap<EncodedGraph, GivenMasks>,
  layers: number,
): GivenMasks | undefined {
  const masks = givenMasks.get(graph)
  const expected = layers * graph.nodeCount
  if (masks === undefined || masks.length === expected) return masks
  throw new RangeError(
    `Cannot use the masks given for graph ${keyText(graph.key)}: expected ${expected} numbers, ${layers} layers of ${graph.nodeCount} nodes, got ${masks.length}`,
  )
}

/** The given masks of a batch whose nodes are all rows of their own, one graph after the other. [K] of [R, 1] */
export function preassignedArrays(
  given: readonly (GivenMasks | undefined)[],
  { nodeStart }: Pick<Batch, 'nodeStart'>,
  layers: number,
): PreassignedOf<NumberArray>[] {
  const nodeCount = nodeStart.at(-1) ?? 0
  return Array.from({ length: layers }, (_, k) => {
    const values = new Float32Array(nodeCount)
    const learned = new Float32Array(nodeCount).fill(1)
    given.forEach((masks, g) => {
      const [first = 0, end = 0] = nodeStart.subarray(g, g + 2)
      for (let v = first; v < end; v++) {
        const mask = masks?.[k * (end - first) + v - first] ?? Number.NaN
        if (Number.isNaN(mask)) continue
        values[v] = mask
        learned[v] = 0
      }
    })
    const shape = [nodeCount, 1]
    return { given: { values, shape }, learned: { values: learned, shape } }
  })
}

/**
 * The masks of Lemma 3.1 and Theorem 3.2, with which the network represents the subgraph of the nodes `inside` exactly as it
 * would alone: 1 inside, 0 on every other node in every layer.
 *
 * @param inside of each node. [N]
 */
export function subgraphMasks(inside: readonly boolean[], layers: number): GivenMasks {
  return Float32Array.from({ length: layers * inside.length }, (_, i) => (inside[i % inside.length] ? 1 : 0))
}

/** 0 on the nodes `left out`, in every layer; all others are learned. */
export function masksWithout(leftOut: readonly boolean[], layers: number): GivenMasks {
  return Float32Array.from({ length: layers * leftOut.length }, (_, i) =>
    leftOut[i % leftOut.length] ? 0 : Number.NaN,
  )
}
