/** What the graphs with a target have to teach, classes or numbers, and the split that suits it. */
import type { ModelOptions, TrainingOptions } from '../config/schema.ts'
import { type ClassValue, classesOf } from '../graph/classes.ts'
import { numericTargets } from '../graph/numeric-targets.ts'
import { type Split, splitTargets, splitWithoutClasses } from '../graph/split.ts'
import type { Key, PropertyValue } from '../graph/subgraph.ts'
import type { Vocabulary } from '../graph/vocabulary.ts'

export interface GraphTargets {
  readonly key: Key
  /** In the order of the targets. [C] */
  readonly values: readonly PropertyValue[]
}

export interface TargetOptions {
  /** Names; one alone for classes. [C] */
  readonly targets: readonly string[]
  readonly task: ModelOptions['task']
  readonly training: TrainingOptions
  /** What messages call targets. */
  readonly vocabulary: Vocabulary
}

export interface KnownTargets {
  /** In the order of class indices; none for a regression. */
  readonly classes: readonly ClassValue[]
  /** Targets of a regression, graph by graph; `null` for classes. [C] each */
  readonly numbers: ReadonlyMap<Key, readonly number[]> | null
  readonly split: Split
}

/**
 * @param graphs all graphs to learn from
 * @throws SourceDataError if there are too few of them, or if their targets are none to learn; it names target and graphs
 */
export function knownTargets(
  graphs: readonly GraphTargets[],
  { targets, task, training, vocabulary }: TargetOptions,
): KnownTargets {
  const graphTargets = (c: number) => graphs.map(({ key, values }) => ({ key, target: values[c] ?? null }))
  if (task === 'regression') {
    const columns = targets.map((name, c) => numericTargets(graphTargets(c), name, vocabulary))
    const numbers = new Map(
      graphs.map(({ key }) => [key, columns.map((numberOf) => numberOf.get(key) ?? Number.NaN)] as const),
    )
    return { classes: [], numbers, split: splitWithoutClasses([...numbers.keys()], { ...training, vocabulary }) }
  }
  const labelled = graphTargets(0)
  const classes = classesOf(labelled, targets[0] ?? '', vocabulary)
  return { classes, numbers: null, split: splitTargets(labelled, { ...training, classes, vocabulary }) }
}
