/** Labels of nodes, read back from the columns that they were encoded in. */
import { className } from '../../src/graph/classes.ts'
import type { FigureModel } from './figure-model.ts'
import type { ScoredGraph } from './scored-graph.ts'

/** In the order of feature columns. [F] */
export function nodeLabels({ model }: FigureModel): readonly string[] {
  const [group] = model.featureSchema.groups
  if (group?.kind !== 'oneHot') throw new Error('Cannot tell labels: expected one-hot node labels')
  return group.categories.map(className)
}

/** A label that no training graph had is in no column. */
export function labelOf(labels: readonly string[], { encoded }: ScoredGraph, node: number): string {
  const { x, featureCount } = encoded
  return labels[x.subarray(node * featureCount, (node + 1) * featureCount).indexOf(1)] ?? 'not seen in training'
}
