/** Writes property values, of members or of edges, into the columns that a schema gives them. */
import { SourceDataError } from '../errors.ts'
import { type Category, type PropertyGroup, widthOf } from './feature-schema.ts'
import {
  addSighting,
  describeSightings,
  fitsSinglePrecision,
  kindOf,
  numbersOf,
  type Sightings,
} from './feature-values.ts'
import type { Key, PropertyValue } from './subgraph.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Values of the members, or of the edges, of one graph. */
export interface PropertyRows {
  readonly graph: Key
  /** [N] */
  readonly rows: readonly (readonly PropertyValue[])[]
  /** What messages call a row. */
  readonly keyOf: (row: number) => Key
  readonly vocabulary: Vocabulary
}

/** Where the columns of a property stand. */
export interface ColumnPlace {
  /** Position of its value in each row. */
  readonly position: number
  /** Row-major. [N, stride] */
  readonly x: Float32Array
  readonly firstColumn: number
  readonly stride: number
}

/**
 * Writes one property; the number of categories that no training graph had, whose columns stay 0.
 *
 * @throws SourceDataError if values do not fit; the message names the property and up to five holders
 */
export function writeProperty(
  { graph, rows, keyOf, vocabulary }: PropertyRows,
  group: PropertyGroup,
  { position, x, firstColumn, stride }: ColumnPlace,
): number {
  const write = group.kind === 'oneHot' ? categoryWriter(group.categories) : numberWriter(group)
  const wrong = new Map<string, Sightings>()
  let unseenCategories = 0
  rows.forEach((row, v) => {
    const value = row[position] ?? null
    const outcome = write(value, x, v * stride + firstColumn)
    if (outcome === 'unseen') unseenCategories++
    if (outcome === 'wrong') addMisfit(wrong, kindOf(value).label, graph, keyOf(v))
  })
  if (wrong.size > 0) throw misfit(group.property, expectedOf(group), wrong, vocabulary)
  return unseenCategories
}

/** Notes a value that does not fit, by the words for its kind. */
export function addMisfit(wrong: Map<string, Sightings>, label: string, graph: Key, holder: Key): void {
  const sightings = wrong.get(label) ?? { count: 0, places: [] }
  wrong.set(label, sightings)
  addSighting(sightings, graph, holder)
}

export function misfit(
  property: string,
  expected: string,
  wrong: ReadonlyMap<string, Sightings>,
  vocabulary: Vocabulary,
): SourceDataError {
  const got = [...wrong].map(([label, sightings]) => `${label} at ${describeSightings(sightings, vocabulary.holder)}`)
  return new SourceDataError(
    `Cannot encode ${vocabulary.property} '${property}': expected ${expected} as in training, got ${got.join('; ')}. Give those ${vocabulary.holder}s such a value, or ${vocabulary.remedy} and train anew`,
  )
}

function expectedOf(group: PropertyGroup): string {
  if (group.kind === 'oneHot') return categoryWords(group.categories)
  return group.list ? `a LIST of ${widthOf(group)} finite numbers` : 'a finite number'
}

/** The type that all `categories` have. */
export function categoryWords([first]: readonly Category[]): string {
  return typeof first === 'bigint' ? 'an INTEGER' : typeof first === 'boolean' ? 'a BOOLEAN' : 'a STRING'
}

type Outcome = 'written' | 'unseen' | 'wrong'
type Writer = (value: PropertyValue, x: Float32Array, at: number) => Outcome

function categoryWriter(categories: readonly Category[]): Writer {
  const columnOf = categoryColumns(categories)
  return (value, x, at) => {
    const column = columnOf(value)
    if (typeof column === 'number') x[at + column] = 1
    return typeof column === 'number' ? 'written' : column
  }
}

/** Tells the position of a category. */
export function categoryColumns(
  categories: readonly Category[],
): (value: PropertyValue) => number | Exclude<Outcome, 'written'> {
  const columnOf = new Map<PropertyValue, number>(categories.map((category, column) => [category, column]))
  const type = typeof categories[0]
  return (value) => (typeof value === type ? (columnOf.get(value) ?? 'unseen') : 'wrong')
}

function numberWriter(group: Exclude<PropertyGroup, { kind: 'oneHot' }>): Writer {
  const width = widthOf(group)
  return (value, x, at) => {
    const kind = kindOf(value)
    const numbers = numbersOf(kind)
    if (numbers?.length !== width || (kind.kind === 'list') !== group.list) return 'wrong'
    for (let i = 0; i < width; i++) {
      const number = numbers[i] ?? 0
      const scaled = group.kind === 'none' ? number : (number - (group.mean[i] ?? 0)) / (group.std[i] ?? 1)
      if (!fitsSinglePrecision(scaled)) return 'wrong'
      x[at + i] = scaled
    }
    return 'written'
  }
}
