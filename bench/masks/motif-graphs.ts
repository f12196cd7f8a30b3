/**
 * Graphs with a known cause: a house or a ring of five nodes, tied to a random tree. As BA-2Motifs in "Parameterized Explainer for
 * Graph Neural Network" (Luo et al., 2020), with base graphs of different sizes.
 */
import { createRandom, type Random, shuffled } from '../../src/graph/random.ts'

export interface MotifGraph {
  readonly motif: 'house' | 'cycle'
  readonly nodeCount: number
  /** Each edge once. */
  readonly edges: readonly (readonly [number, number])[]
  /** Whether each node is part of the motif. [N] */
  readonly truth: readonly boolean[]
}

/** A ring of five; the wall between its second and its last node makes a house of it. */
const ring = [0, 1, 2, 3, 4].map((v) => [v, (v + 1) % 5] as const)
const edgesOf = { cycle: ring, house: [...ring, [1, 4] as const] }
const motifSize = 5

/** `count` graphs, every other one with a house: the same ones for the same seed. */
export function motifGraphs(seed: number, count: number): MotifGraph[] {
  const random = createRandom(seed, 'motifs')
  return Array.from({ length: count }, (_, g) => motifGraph(g % 2 === 1 ? 'house' : 'cycle', random))
}

function motifGraph(motif: MotifGraph['motif'], random: Random): MotifGraph {
  const baseSize = 15 + random.nextBelow(11)
  const nodeCount = baseSize + motifSize
  const base = preferentialTree(baseSize, random)
  const bridge = [random.nextBelow(baseSize), baseSize + random.nextBelow(motifSize)] as const
  const edges = [...base, ...edgesOf[motif].map(([a, b]) => [baseSize + a, baseSize + b] as const), bridge]
  // Nodes in random order, so that no position gives the motif away.
  const place = shuffled(
    Array.from({ length: nodeCount }, (_, v) => v),
    random,
  )
  const at = (v: number) => place[v] ?? 0
  const truth = new Array<boolean>(nodeCount).fill(false)
  for (let v = baseSize; v < nodeCount; v++) truth[at(v)] = true
  return { motif, nodeCount, edges: edges.map(([a, b]) => [at(a), at(b)] as const), truth }
}

/** Barabasi-Albert with one edge for each new node: it is tied to the end of a random edge. */
function preferentialTree(size: number, random: Random): (readonly [number, number])[] {
  const edges: (readonly [number, number])[] = [[1, 0]]
  for (let v = 2; v < size; v++) edges.push([v, edges[random.nextBelow(edges.length)]?.[random.nextBelow(2)] ?? 0])
  return edges
}
