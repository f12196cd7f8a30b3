/** What the targets of graphs teach. */
import { type ClassValue, classesOf } from '../../graph/classes.ts'
import { numericTargets } from '../../graph/numeric-targets.ts'
import type { SubgraphTable } from '../../graph/rows.ts'
import type { Key } from '../../graph/subgraph.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'
import type { EvaluationGraphs } from './encode-fold.ts'

export interface KnownGraphs {
  readonly known: EvaluationGraphs
  /** Keys by class; one group of a regression. */
  readonly groups: readonly (readonly Key[])[]
}

/** @throws SourceDataError for targets that cannot be learned */
export function knownGraphs({ config, graphs }: LabelledGraphs): KnownGraphs {
  const { targetProperty, model } = config
  const tables = new Map(graphs.map((table) => [table.key, table]))
  if (model.task === 'regression') {
    const numbers = new Map(
      Array.from(numericTargets(graphs, targetProperty), ([key, value]) => [key, [value]] as const),
    )
    return { known: { tables, classes: [], numbers }, groups: [[...tables.keys()]] }
  }
  const classes = classesOf(graphs, targetProperty)
  return { known: { tables, classes, numbers: null }, groups: classes.map((value) => keysOf(graphs, value)) }
}

function keysOf(graphs: readonly SubgraphTable[], value: ClassValue): Key[] {
  return graphs.flatMap(({ key, target }) => (target === value ? key : []))
}
