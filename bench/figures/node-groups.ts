/** What masks have in common with what is known of nodes. */
import type { ScoredGraph } from './scored-graph.ts'

export interface NodeGroup {
  readonly name: string
  readonly nodeCount: number
  /** Of layers 1 to K. */
  readonly meanMasks: readonly number[]
}

/** One node of a scored graph, by its row. */
export interface NodePlace {
  readonly graph: ScoredGraph
  readonly node: number
}

export function nodesOf(graphs: readonly ScoredGraph[]): readonly NodePlace[] {
  return graphs.flatMap((graph) => graph.degrees.map((_, node) => ({ graph, node })))
}

/** @param layer from 0 */
export function masksOf(nodes: readonly NodePlace[], layer: number): Float64Array {
  return Float64Array.from(nodes, ({ graph, node }) => graph.masks[layer]?.[node] ?? Number.NaN)
}

/** In the order of `names`, those without nodes left out. */
export function groupMeans(
  nodes: readonly NodePlace[],
  names: readonly string[],
  nameOf: (node: NodePlace) => string,
): readonly NodeGroup[] {
  const byName = grouped(nodes, nameOf)
  return names.flatMap((name) => {
    const own = byName.get(name)
    if (own === undefined) return []
    const layers = own[0]?.graph.masks ?? []
    return [{ name, nodeCount: own.length, meanMasks: layers.map((_, k) => mean(masksOf(own, k))) }]
  })
}

/** Share of the variance of a layer's masks that is between groups: 1 where all nodes of a group have one mask (η²). */
export function shareBetween(nodes: readonly NodePlace[], layer: number, nameOf: (node: NodePlace) => string): number {
  const all = masksOf(nodes, layer)
  const centre = mean(all)
  const total = all.reduce((sum, mask) => sum + (mask - centre) ** 2, 0)
  let between = 0
  for (const own of grouped(nodes, nameOf).values()) between += own.length * (mean(masksOf(own, layer)) - centre) ** 2
  return total === 0 ? 0 : between / total
}

function grouped(nodes: readonly NodePlace[], nameOf: (node: NodePlace) => string): Map<string, NodePlace[]> {
  const groups = new Map<string, NodePlace[]>()
  for (const node of nodes) {
    const name = nameOf(node)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [node])
    else group.push(node)
  }
  return groups
}

export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
