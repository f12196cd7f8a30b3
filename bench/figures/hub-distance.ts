/** How far nodes are from the hub of their graph: the node with the most neighbours. */
import type { ScoredGraph } from './scored-graph.ts'

/** In edges; the first of the nodes with the most neighbours is the hub. `null` where no path leads to it. [N] */
export function hubDistances({ encoded, degrees }: ScoredGraph): readonly (number | null)[] {
  const neighbours = degrees.map((): number[] => [])
  for (const [e, source] of encoded.source.entries()) neighbours[source]?.push(encoded.target[e] ?? 0)
  const distances = new Array<number | null>(degrees.length).fill(null)
  const most = degrees.reduce((a, b) => Math.max(a, b), 0)
  let frontier = [degrees.indexOf(most)]
  for (let distance = 0; frontier.length > 0; distance++) {
    for (const v of frontier) distances[v] = distance
    frontier = [...new Set(frontier.flatMap((v) => neighbours[v] ?? []))].filter((v) => distances[v] === null)
  }
  return distances
}
