/** What the graphs with a target have to teach, classes or numbers, and the split that suits it. */
import type { Config } from '../config/schema.ts'
import { SourceDataError } from '../errors.ts'
import { type ClassValue, classesOf } from '../graph/classes.ts'
import { numericTargets } from '../graph/numeric-targets.ts'
import { type Split, splitTargets, splitWithoutClasses } from '../graph/split.ts'
import type { Key } from '../graph/subgraph.ts'
import type { GraphHead } from '../neo4j/catalogue.ts'

export interface KnownTargets {
  /** In the order of class indices; none for a regression. */
  readonly classes: readonly ClassValue[]
  /** Targets of a regression, graph by graph; `null` for classes. */
  readonly numbers: ReadonlyMap<Key, number> | null
  readonly split: Split
}

/**
 * @param labelled all graphs with a target
 * @throws SourceDataError if there are too few of them, or if their targets are none to learn; it names property and graphs
 */
export function knownTargets(labelled: readonly GraphHead[], config: Config): KnownTargets {
  const { targetProperty, projection, training, model } = config
  if (labelled.length === 0)
    throw new SourceDataError(
      `Cannot learn '${targetProperty}': expected some (:${projection.graphLabel}) nodes with it, got none; set it on the graphs to learn from`,
    )
  if (model.task === 'regression') {
    const numbers = numericTargets(labelled, targetProperty)
    return { classes: [], numbers, split: splitWithoutClasses([...numbers.keys()], training) }
  }
  const classes = classesOf(labelled, targetProperty)
  return { classes, numbers: null, split: splitTargets(labelled, { ...training, classes }) }
}
