/** The graphs of the database: of the same shape as the Python peer's, the same ones every time. */
import { createRandom, type Random } from '../../src/graph/random.ts'
import type { KeyedGraph } from '../../src/pipeline/create-graphs.ts'
import { kinds, targetProperty } from './dataset.ts'

export const smallestGraph = 15
const largestGraph = 35
const ringClosures = 2
/** A node of the tree hangs on one of so many before it. */
const reach = 3

/** Members of each graph, `nodeCount` altogether; the last one takes what is left over. */
export function* graphSizes(nodeCount: number): Generator<number> {
  const random = createRandom(1, 'sizes')
  for (let left = nodeCount; left > 0; ) {
    const drawn = smallestGraph + random.nextBelow(largestGraph - smallestGraph + 1)
    const size = left - drawn < smallestGraph ? left : drawn
    yield size
    left -= size
  }
}

export function graphCountOf(nodeCount: number): number {
  return Array.from(graphSizes(nodeCount)).length
}

/** Graphs and members are numbered from 0 on. */
export function* syntheticGraphs(nodeCount: number): Generator<KeyedGraph> {
  const random = createRandom(1, 'graphs')
  let [graph, firstNode] = [0, 0]
  for (const size of graphSizes(nodeCount)) {
    const key = BigInt(graph)
    yield {
      key,
      properties: { id: key, [targetProperty]: graph % 2 === 1 },
      members: Array.from({ length: size }, (_, v) => ({
        nodeId: BigInt(firstNode + v),
        kind: kinds[random.nextBelow(kinds.length)],
        x: nextNormal(random),
      })),
      relationships: bonds(size, random).map(([a, b]) => [BigInt(a), BigInt(b), {}] as const),
    }
    graph++
    firstNode += size
  }
}

/** A random tree with ring closures; no two bonds between the same nodes, none from a node to itself. */
function bonds(size: number, random: Random): (readonly [number, number])[] {
  const codes = new Set<number>()
  for (let v = 1; v < size; v++) codes.add((v - 1 - random.nextBelow(Math.min(reach, v))) * size + v)
  while (codes.size < size - 1 + ringClosures) {
    const [a, b] = [random.nextBelow(size), random.nextBelow(size)]
    if (a < b) codes.add(a * size + b)
  }
  return [...codes].sort((a, b) => a - b).map((code) => [Math.floor(code / size), code % size])
}

/** From the standard normal distribution (Box-Muller). */
function nextNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.nextFloat())) * Math.cos(2 * Math.PI * random.nextFloat())
}
