/** Seeded split into training, validation and test graphs: stratified by class where there are classes. */
import { SourceDataError } from '../errors.ts'
import { compareText } from './categories.ts'
import { type ClassValue, className } from './classes.ts'
import { examplesShown } from './feature-values.ts'
import { createRandom, shuffled } from './random.ts'
import { type Key, keyText, type PropertyValue } from './subgraph.ts'
import type { GraphTarget } from './target-sightings.ts'
import { graphProperties, type Vocabulary } from './vocabulary.ts'

export interface Split {
  readonly train: readonly Key[]
  readonly validation: readonly Key[]
  readonly test: readonly Key[]
}

export interface SplitShares {
  /** Share of the graphs of each class, as `testFraction`; at least one graph of each class either way. */
  readonly validationFraction: number
  readonly testFraction: number
  readonly randomSeed: number
  /** What messages call targets. Default: properties of graphs */
  readonly vocabulary?: Vocabulary
}

export interface SplitOptions extends SplitShares {
  /** Classes that class indices point into, for messages. */
  readonly classes: readonly ClassValue[]
}

/** As {@link splitGraphs}, by targets that are classes. */
export function splitTargets(graphs: readonly GraphTarget[], options: SplitOptions): Split {
  const classIndex = new Map<PropertyValue, number>(options.classes.map((value, index) => [value, index]))
  return splitGraphs(
    graphs.map(({ key, target }) => ({ key, y: classIndex.get(target) ?? -1 })),
    options,
  )
}

/**
 * Splits every class by the same shares. The result depends on the keys, their classes and the seed only, not on the order
 * of `graphs`; each part is in ascending order of key texts.
 *
 * @throws SourceDataError if a class has fewer than three graphs; RangeError if the shares leave nothing to train on.
 */
export function splitGraphs(graphs: Iterable<{ readonly key: Key; readonly y: number }>, options: SplitOptions): Split {
  const { classes, vocabulary = graphProperties } = options
  const byClass = classes.map((): Key[] => [])
  for (const { key, y } of graphs) byClass[y]?.push(key)
  const tooSmall = byClass.flatMap((keys, y) =>
    keys.length < fewest ? [`class '${className(classes[y] ?? '')}' has ${graphCount(keys.length)}`] : [],
  )
  if (tooSmall.length > 0) {
    const more = tooSmall.length - examplesShown
    const got = tooSmall.slice(0, examplesShown).join(', ') + (more > 0 ? `, and so on for ${more} more classes` : '')
    throw new SourceDataError(
      `Cannot split the graphs: expected at least ${fewest} of each class (training, validation, test), got: ${got}. Add graphs of that class, or ${vocabulary.remedy}`,
    )
  }
  return splitEach(byClass, options)
}

/**
 * Splits graphs without classes, as {@link splitGraphs} does those of one class.
 *
 * @throws SourceDataError if there are fewer than three graphs; RangeError if the shares leave nothing to train on.
 */
export function splitWithoutClasses(keys: readonly Key[], shares: SplitShares): Split {
  const { vocabulary = graphProperties } = shares
  if (keys.length < fewest)
    throw new SourceDataError(
      `Cannot split the graphs: expected at least ${fewest} (training, validation, test), got ${graphCount(keys.length)}. Add graphs, or ${vocabulary.remedy}`,
    )
  return splitEach([keys], shares)
}

/** One for each part. */
const fewest = 3

function splitEach(groups: readonly (readonly Key[])[], shares: SplitShares): Split {
  const { validationFraction, testFraction, randomSeed } = shares
  if (validationFraction + testFraction >= 1)
    throw new RangeError(
      `Cannot split: expected validationFraction + testFraction below 1, got ${validationFraction} + ${testFraction}`,
    )
  const random = createRandom(randomSeed, 'split')
  const parts: { readonly train: Key[]; readonly validation: Key[]; readonly test: Key[] } = {
    train: [],
    validation: [],
    test: [],
  }
  for (const keys of groups) {
    const testCount = clamp(Math.round(keys.length * testFraction), 1, keys.length - 2)
    const validationCount = clamp(Math.round(keys.length * validationFraction), 1, keys.length - testCount - 1)
    shuffled(keys.toSorted(compareKeys), random).forEach((key, i) => {
      if (i < testCount) parts.test.push(key)
      else if (i < testCount + validationCount) parts.validation.push(key)
      else parts.train.push(key)
    })
  }
  return {
    train: parts.train.sort(compareKeys),
    validation: parts.validation.sort(compareKeys),
    test: parts.test.sort(compareKeys),
  }
}

/** By text; the integer 7 before the text '7'. */
export function compareKeys(a: Key, b: Key): number {
  return compareText(keyText(a), keyText(b)) || compareText(typeof a, typeof b)
}

function graphCount(count: number): string {
  return count === 1 ? '1 graph' : `${count} graphs`
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
