/** The two ways to evaluate, and what of each fold they train on and look at. */
import type { Protocol } from '../../config/schema.ts'
import { type Fold, holdOut, stratifiedFolds } from '../../graph/cross-validation.ts'
import type { Key } from '../../graph/subgraph.ts'

export interface EvaluationOptions {
  readonly protocol: Protocol
  readonly folds: number
  /** Times that all folds are run, each with seeds of its own. */
  readonly repeats: number
  readonly randomSeed: number
  /** Of the training part of a fold; nested alone. */
  readonly validationFraction: number
}

/** One training: a fold of a repeat. */
export interface FoldTask {
  /** From 1. */
  readonly repeat: number
  /** From 1. */
  readonly fold: number
  /** Of initial weights, batches and dropout. */
  readonly randomSeed: number
  readonly train: readonly Key[]
  /** Empty by protocol gin. */
  readonly validation: readonly Key[]
  readonly test: readonly Key[]
}

/**
 * All trainings of an evaluation, repeat by repeat.
 *
 * @param groups keys by class; one group where there are no classes
 * @param given folds to use instead of seeded ones, the same in every repeat
 * @throws SourceDataError if there are too few graphs
 */
export function foldTasks(
  groups: readonly (readonly Key[])[],
  options: EvaluationOptions,
  given?: readonly Fold[],
): FoldTask[] {
  const { protocol, repeats, randomSeed, validationFraction } = options
  return Array.from({ length: repeats }, (_, r) => {
    const repeatSeed = randomSeed + r
    const folds = given ?? stratifiedFolds(groups, { ...options, randomSeed: repeatSeed })
    return folds.map(({ train, test }, f): FoldTask => {
      const task = { repeat: r + 1, fold: f + 1, randomSeed: repeatSeed * seedsPerRepeat + f }
      if (protocol === 'gin') return { ...task, train, validation: [], test }
      const inTraining = new Set(train)
      const trainGroups = groups.map((keys) => keys.filter((key) => inTraining.has(key)))
      return { ...task, ...holdOut(trainGroups, validationFraction, repeatSeed), test }
    })
  }).flat()
}

/** More than there are folds, so that no two trainings have the same seed. */
const seedsPerRepeat = 1000
