/** Seeded stratified split into training, validation and test graphs. */
import { SourceDataError } from '../errors.ts'
import { compareText } from './categories.ts'
import { type ClassValue, className } from './classes.ts'
import { examplesShown } from './feature-values.ts'
import { createRandom, shuffled } from './random.ts'
import { type Key, keyText } from './subgraph.ts'

export interface Split {
  readonly train: readonly Key[]
  readonly validation: readonly Key[]
  readonly test: readonly Key[]
}

export interface SplitOptions {
  /** Share of the graphs of each class, as `testFraction`; at least one graph of each class either way. */
  readonly validationFraction: number
  readonly testFraction: number
  readonly randomSeed: number
  /** Classes that class indices point into, for messages. */
  readonly classes: readonly ClassValue[]
}

/**
 * Splits every class by the same shares. The result depends on the keys, their classes and the seed only, not on the order
 * of `graphs`; each part is in ascending order of key texts.
 *
 * @throws SourceDataError if a class has fewer than three graphs; RangeError if the shares leave nothing to train on.
 */
export function splitGraphs(graphs: Iterable<{ readonly key: Key; readonly y: number }>, options: SplitOptions): Split {
  const { validationFraction, testFraction, randomSeed, classes } = options
  if (validationFraction + testFraction >= 1)
    throw new RangeError(
      `Cannot split: expected validationFraction + testFraction below 1, got ${validationFraction} + ${testFraction}`,
    )
  const byClass = classes.map((): Key[] => [])
  for (const { key, y } of graphs) byClass[y]?.push(key)
  const tooSmall = byClass.flatMap((keys, y) =>
    keys.length < 3 ? [`class '${className(classes[y] ?? '')}' has ${graphCount(keys.length)}`] : [],
  )
  if (tooSmall.length > 0) {
    const more = tooSmall.length - examplesShown
    const got = tooSmall.slice(0, examplesShown).join(', ') + (more > 0 ? `, and so on for ${more} more classes` : '')
    throw new SourceDataError(
      `Cannot split the graphs: expected at least 3 of each class (training, validation, test), got: ${got}. Add graphs of that class, or choose another targetProperty`,
    )
  }
  const random = createRandom(randomSeed, 'split')
  const split: { train: Key[]; validation: Key[]; test: Key[] } = { train: [], validation: [], test: [] }
  for (const keys of byClass) {
    const order = shuffled(keys.sort(compareKeys), random)
    const testCount = clamp(Math.round(order.length * testFraction), 1, order.length - 2)
    const validationCount = clamp(Math.round(order.length * validationFraction), 1, order.length - testCount - 1)
    split.test.push(...order.slice(0, testCount))
    split.validation.push(...order.slice(testCount, testCount + validationCount))
    split.train.push(...order.slice(testCount + validationCount))
  }
  return {
    train: split.train.sort(compareKeys),
    validation: split.validation.sort(compareKeys),
    test: split.test.sort(compareKeys),
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
