/**
 * Distances on paper as those along edges: a molecule's ring becomes a polygon, a chain a line. Stress majorization (Gansner, Koren and
 * North 2004), each node moved to where its neighbours of all distances want it, the near ones most.
 */
import type { Point } from './point.ts'
import type { ViewedEdge } from './viewed-graph.ts'

/** Between nodes that no path joins, in lengths of the longest path of the graph. */
const apart = 0.6

/** @param points where to begin [N]; time and memory grow with N² */
export function lessStress(
  points: readonly Point[],
  edges: readonly Pick<ViewedEdge, 'source' | 'target'>[],
  rounds: number,
): readonly Point[] {
  const nodeCount = points.length
  const distances = pathLengths(nodeCount, edges)
  const x = Float64Array.from(points, (point) => point.x)
  const y = Float64Array.from(points, (point) => point.y)
  scaleTo(distances, x, y)
  for (let round = 0; round < rounds; round++)
    for (let v = 0; v < nodeCount; v++) {
      let [sumX, sumY, sumWeights] = [0, 0, 0]
      const [ownX, ownY] = [x[v] ?? 0, y[v] ?? 0]
      for (let u = 0; u < nodeCount; u++) {
        const wanted = distances[v * nodeCount + u] ?? 0
        if (wanted === 0) continue
        const [otherX, otherY] = [x[u] ?? 0, y[u] ?? 0]
        const [dx, dy] = [ownX - otherX, ownY - otherY]
        const length = Math.max(1e-6, Math.sqrt(dx * dx + dy * dy))
        const weight = 1 / (wanted * wanted)
        sumX += weight * (otherX + (wanted * dx) / length)
        sumY += weight * (otherY + (wanted * dy) / length)
        sumWeights += weight
      }
      if (sumWeights === 0) continue
      x[v] = sumX / sumWeights
      y[v] = sumY / sumWeights
    }
  return points.map((_, v) => ({ x: x[v] ?? 0, y: y[v] ?? 0 }))
}

/** Edges on the shortest path between each two nodes. [N, N] */
function pathLengths(nodeCount: number, edges: readonly Pick<ViewedEdge, 'source' | 'target'>[]): Float32Array {
  const neighbours = Array.from({ length: nodeCount }, (): number[] => [])
  for (const { source, target } of edges) {
    neighbours[source]?.push(target)
    neighbours[target]?.push(source)
  }
  const distances = new Float32Array(nodeCount * nodeCount).fill(Number.POSITIVE_INFINITY)
  let longest = 1
  for (let from = 0; from < nodeCount; from++) {
    const row = distances.subarray(from * nodeCount, (from + 1) * nodeCount)
    row[from] = 0
    for (let frontier = [from], hops = 1; frontier.length > 0; hops++) {
      const next: number[] = []
      for (const v of frontier)
        for (const u of neighbours[v] ?? []) {
          if (row[u] !== Number.POSITIVE_INFINITY) continue
          row[u] = hops
          longest = Math.max(longest, hops)
          next.push(u)
        }
      frontier = next
    }
  }
  return distances.map((distance) => (distance === Number.POSITIVE_INFINITY ? 1 + apart * longest : distance))
}

/** The best size to begin with. */
function scaleTo(distances: Float32Array, x: Float64Array, y: Float64Array): void {
  const nodeCount = x.length
  let [wanted, drawn] = [0, 0]
  for (let v = 0; v < nodeCount; v++)
    for (let u = 0; u < v; u++) {
      const distance = distances[v * nodeCount + u] ?? 1
      const length = Math.hypot((x[v] ?? 0) - (x[u] ?? 0), (y[v] ?? 0) - (y[u] ?? 0))
      wanted += length / distance
      drawn += (length / distance) ** 2
    }
  const factor = drawn > 0 ? wanted / drawn : 1
  for (let v = 0; v < nodeCount; v++) {
    x[v] = (x[v] ?? 0) * factor
    y[v] = (y[v] ?? 0) * factor
  }
}
