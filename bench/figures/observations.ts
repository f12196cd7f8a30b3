/** What the paper observes in its figures 4 to 7, measured on the masks of all test graphs. */

import { rankCorrelation } from '../../src/model/ranks.ts'
import type { FigureModel } from './figure-model.ts'
import { hubDistances } from './hub-distance.ts'
import { groupMeans, masksOf, mean, type NodeGroup, type NodePlace, nodesOf, shareBetween } from './node-groups.ts'
import { labelOf, nodeLabels } from './node-labels.ts'
import type { ScoredGraph } from './scored-graph.ts'

export interface Observation {
  /** What nodes are grouped by, as the head of a column. */
  readonly groupedBy: string
  readonly groups: readonly NodeGroup[]
  /** One number for each layer. */
  readonly measures: readonly { readonly name: string; readonly values: readonly number[] }[]
  readonly sentence: string
}

export type Observe = (model: FigureModel, graphs: readonly ScoredGraph[]) => Observation

const shown = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(', ')
const layersOf = (graphs: readonly ScoredGraph[]) => graphs[0]?.masks.map((_, k) => k) ?? []

const farthest = 4

/** Figure 4: masks move from leaves to the root with depth. */
export const observeHubs: Observe = (_model, graphs) => {
  const nodes = nodesOf(graphs)
  const distances = new Map(graphs.map((graph) => [graph, hubDistances(graph)]))
  const nameOf = ({ graph, node }: NodePlace) => {
    const distance = distances.get(graph)?.[node] ?? null
    return distance === null ? 'no path' : distance < farthest ? String(distance) : `${farthest} and more`
  }
  const hubs = nodes.filter((node) => nameOf(node) === '0')
  const leaves = nodes.filter(({ graph, node }) => graph.degrees[node] === 1)
  const gaps = layersOf(graphs).map((k) => mean(masksOf(hubs, k)) - mean(masksOf(leaves, k)))
  const [first = 0, last = 0] = [gaps[0], gaps.at(-1)]
  const verdict = first < 0 && last > 0 ? 'holds' : last > first ? 'holds in part' : 'does not hold'
  const names = ['0', '1', '2', '3', `${farthest} and more`, 'no path']
  return {
    groupedBy: 'edges from the hub',
    groups: groupMeans(nodes, names, nameOf),
    measures: [{ name: 'mask of the hub less that of leaves, mean', values: gaps }],
    sentence: `The paper sees masks move from the leaves to the root with depth. It ${verdict} for our model: the mean mask of hubs less that of leaves is ${shown(gaps)} in layers 1 to ${gaps.length}.`,
  }
}

const degreeBounds = [10, 20, 50, 100]

/** Figure 5: nodes with many neighbours get low masks. */
export const observeDegrees: Observe = (_model, graphs) => {
  const nodes = nodesOf(graphs)
  const degreeOf = ({ graph, node }: NodePlace) => graph.degrees[node] ?? 0
  const names = [
    ...degreeBounds.map((bound, i) => `${degreeBounds[i - 1] ?? 0} to ${bound - 1}`),
    `${degreeBounds.at(-1)} and more`,
  ]
  const nameOf = (node: NodePlace) => {
    const at = degreeBounds.findIndex((bound) => degreeOf(node) < bound)
    return names.at(at) ?? ''
  }
  const degrees = nodes.map(degreeOf)
  const correlations = layersOf(graphs).map((k) => rankCorrelation(degrees, masksOf(nodes, k)) ?? 0)
  const verdict = holdsIn(correlations, (correlation) => correlation < 0)
  return {
    groupedBy: 'neighbours',
    groups: groupMeans(nodes, names, nameOf),
    measures: [{ name: 'rank correlation of neighbours and mask', values: correlations }],
    sentence: `The paper sees low masks at nodes with many neighbours. It ${verdict} for our model: the rank correlation of number of neighbours and mask is ${shown(correlations)} in layers 1 to ${correlations.length}.`,
  }
}

const keptFrom = 0.5

/** Figure 6: most nodes are kept. */
export const observeKept: Observe = (model, graphs) => {
  const nodes = nodesOf(graphs)
  const shares = layersOf(graphs).map((k) => mean(masksOf(nodes, k).map((mask) => (mask >= keptFrom ? 1 : 0))))
  const verdict = holdsIn(shares, (share) => share > 0.5)
  return {
    ...byLabel(model, nodes),
    measures: [{ name: `share of nodes with a mask from ${keptFrom} on`, values: shares }],
    sentence: `The paper sees most nodes kept. It ${verdict} for our model: the share of nodes with a mask from ${keptFrom} on is ${shown(shares)} in layers 1 to ${shares.length}.`,
  }
}

/** Of η², by the convention of Cohen (1988). */
const largeEffect = 0.14

/** Figure 7: masks follow the labels of nodes. */
export const observeLabels: Observe = (model, graphs) => {
  const nodes = nodesOf(graphs)
  const labels = nodeLabels(model)
  const shares = layersOf(graphs).map((k) => shareBetween(nodes, k, ({ graph, node }) => labelOf(labels, graph, node)))
  const verdict = holdsIn(shares, (share) => share >= largeEffect)
  return {
    ...byLabel(model, nodes),
    measures: [{ name: 'share of the variance of masks between labels', values: shares }],
    sentence: `The paper sees masks follow the labels of nodes. It ${verdict} for our model: ${shown(shares)} of the variance of masks in layers 1 to ${shares.length} is between labels (from ${largeEffect} on counts as a large effect).`,
  }
}

/** @param values by layer */
function holdsIn(values: readonly number[], does: (value: number) => boolean): string {
  const count = values.filter(does).length
  if (count === values.length) return 'holds'
  return count === 0 ? 'does not hold' : `holds in ${count} of ${values.length} layers`
}

/** The most frequent first. */
function byLabel(model: FigureModel, nodes: readonly NodePlace[]): Pick<Observation, 'groupedBy' | 'groups'> {
  const labels = nodeLabels(model)
  const groups = groupMeans(nodes, labels, ({ graph, node }) => labelOf(labels, graph, node))
  return { groupedBy: 'node label', groups: groups.toSorted((a, b) => b.nodeCount - a.nodeCount).slice(0, 8) }
}
