/** Seeded folds of a cross-validation, stratified by class where there are classes. */
import { SourceDataError } from '../errors.ts'
import { createRandom, shuffled } from './random.ts'
import { compareKeys } from './split.ts'
import type { Key } from './subgraph.ts'
import { graphProperties, type Vocabulary } from './vocabulary.ts'

/** Both in ascending order of key texts. */
export interface Fold {
  readonly train: readonly Key[]
  readonly test: readonly Key[]
}

export interface FoldOptions {
  /** Number of folds, 2 or more. */
  readonly folds: number
  readonly randomSeed: number
  /** What messages call targets. Default: properties of graphs */
  readonly vocabulary?: Vocabulary
}

/**
 * Folds whose test parts hold every graph once. The sizes of the test parts differ by one at most, and so do their numbers of
 * graphs of a class. The result depends on the keys, their classes and the seed, not on the order of `groups`' keys.
 *
 * @param groups keys by class; one group where there are no classes
 * @throws SourceDataError if there are fewer graphs than folds, or a class has but one graph
 */
export function stratifiedFolds(
  groups: readonly (readonly Key[])[],
  { folds, randomSeed, vocabulary = graphProperties }: FoldOptions,
): Fold[] {
  const count = groups.reduce((sum, keys) => sum + keys.length, 0)
  if (count < folds)
    throw new SourceDataError(
      `Cannot make ${folds} folds: expected at least as many graphs with a target, got ${count}. Ask for fewer folds, or ${vocabulary.remedy}`,
    )
  const smallest = Math.min(...groups.map((keys) => keys.length))
  if (smallest < fewest)
    throw new SourceDataError(
      `Cannot make folds: expected at least ${fewest} graphs of each class, got one with ${smallest}. Add graphs of that class, or ${vocabulary.remedy}`,
    )
  const random = createRandom(randomSeed, 'folds')
  const tests = Array.from({ length: folds }, (): Key[] => [])
  // Dealt like cards, class after class, so that all hands are equally large.
  let dealt = 0
  for (const keys of groups)
    for (const key of shuffled(keys.toSorted(compareKeys), random)) tests[dealt++ % folds]?.push(key)
  return tests.map((test, fold) => ({
    train: tests.flatMap((keys, other) => (other === fold ? [] : keys)).sort(compareKeys),
    test: test.sort(compareKeys),
  }))
}

/** One to train on, one to be tested on. */
const fewest = 2

export interface HeldOut {
  readonly train: readonly Key[]
  readonly validation: readonly Key[]
}

/**
 * Takes a share of each class out of a training part, at least one graph of a class that has two; both parts in ascending order of
 * key texts.
 */
export function holdOut(groups: readonly (readonly Key[])[], share: number, randomSeed: number): HeldOut {
  const random = createRandom(randomSeed, 'validation')
  const train: Key[] = []
  const validation: Key[] = []
  for (const keys of groups) {
    const count = Math.min(Math.max(Math.round(keys.length * share), 1), keys.length - 1)
    shuffled(keys.toSorted(compareKeys), random).forEach((key, i) => {
      if (i < count) validation.push(key)
      else train.push(key)
    })
  }
  return { train: train.sort(compareKeys), validation: validation.sort(compareKeys) }
}
