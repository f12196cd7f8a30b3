/**
 * Fits the columns of properties, of members or of edges, in one pass over their values.
 *
 * Encoding `auto` means one-hot for text and booleans, standardised for numbers (INTEGER or FLOAT) and numeric lists;
 * integers that are codes rather than amounts need `oneHot`.
 */
import type { FeatureProperty } from '../config/schema.ts'
import { SourceDataError } from '../errors.ts'
import { compareCategories } from './categories.ts'
import type { Category, PropertyGroup } from './feature-schema.ts'
import { addSighting, describeSightings, kindOf, numbersOf, type Sightings, type ValueKind } from './feature-values.ts'
import { addToMoments, createMoments, type Moments, meanOf, standardDeviationOf } from './moments.ts'
import type { Key, PropertyValue } from './subgraph.ts'
import type { Vocabulary } from './vocabulary.ts'

/** More categories than this do not get columns of their own. */
export const maxCategories = 1000

export interface PropertyFitter {
  /** Takes the values of one holder (member, edge) into account, in the order of the properties. */
  add(values: readonly PropertyValue[], graph: Key, holder: Key): void
  /**
   * The columns of each property.
   *
   * @throws SourceDataError naming each property with missing, non-finite, mixed or wrongly typed values and up to five
   * holders that have them.
   */
  finish(): PropertyGroup[]
}

export function createPropertyFitter(properties: readonly FeatureProperty[], vocabulary: Vocabulary): PropertyFitter {
  const summaries = properties.map(createSummary)
  return {
    add: (values, graph, holder) => {
      summaries.forEach((summary, i) => {
        summarize(summary, values[i] ?? null, graph, holder)
      })
    },
    finish: () => {
      const groups: PropertyGroup[] = []
      const problems: string[] = []
      for (const summary of summaries) {
        const fitted = fitProperty(summary, vocabulary)
        if (typeof fitted === 'string') problems.push(fitted)
        else groups.push(fitted)
      }
      if (problems.length > 0) throw new SourceDataError(problems.join('\n'))
      return groups
    },
  }
}

/** All that is kept of a property's values. */
interface PropertySummary {
  readonly property: string
  readonly encoding: FeatureProperty['encoding']
  readonly sightings: Map<string, Sightings>
  /** Labels of the kinds among them that some encoding accepts. */
  readonly usable: Map<string, ValueKind['kind']>
  readonly categories: Set<Category>
  /** Numbers by the length of the list they are in; 0 for a single number. */
  readonly moments: Map<number, Moments>
}

function createSummary({ property, encoding }: FeatureProperty): PropertySummary {
  return {
    property,
    encoding,
    sightings: new Map(),
    usable: new Map(),
    categories: new Set(),
    moments: new Map(),
  }
}

function summarize(summary: PropertySummary, value: PropertyValue, graph: Key, holder: Key): void {
  const kind = kindOf(value)
  const sightings = summary.sightings.get(kind.label) ?? { count: 0, places: [] }
  summary.sightings.set(kind.label, sightings)
  addSighting(sightings, graph, holder)
  if (kind.kind === 'bad') return
  summary.usable.set(kind.label, kind.kind)
  if (kind.kind === 'category' && summary.categories.size <= maxCategories) summary.categories.add(kind.category)
  const numbers = numbersOf(kind)
  if (numbers === null) return
  const length = kind.kind === 'list' ? numbers.length : 0
  const moments = summary.moments.get(length) ?? createMoments(numbers.length)
  summary.moments.set(length, moments)
  addToMoments(moments, numbers)
}

/** The columns of a property, or the sentence that says why there are none. */
function fitProperty(summary: PropertySummary, vocabulary: Vocabulary): PropertyGroup | string {
  const { property, categories } = summary
  const what = `${vocabulary.property} '${property}'`
  const encoding = summary.encoding === 'auto' ? automaticEncoding(summary) : summary.encoding
  const expected =
    encoding === null
      ? 'values of one type (STRING, BOOLEAN, numbers, or numeric lists of one length)'
      : encoding === 'oneHot'
        ? 'STRING, INTEGER or BOOLEAN values of one type for a one-hot encoding'
        : 'finite numbers, or numeric lists of one length'
  const accepted = encoding === null ? new Set<string>() : acceptedLabels(summary, encoding)
  const wrong = [...summary.sightings].filter(([label]) => !accepted.has(label))
  if (wrong.length > 0 || summary.sightings.size === 0) {
    const got = wrong.map(([label, sightings]) => `${label} at ${describeSightings(sightings, vocabulary.holder)}`)
    return `Cannot encode ${what}: expected ${expected}, got ${got.join('; ') || `no ${vocabulary.holder}s at all`}. Give those ${vocabulary.holder}s a value, or ${vocabulary.remedy}`
  }
  if (encoding === 'oneHot') {
    if (categories.size > maxCategories)
      return `Cannot one-hot encode ${what}: expected at most ${maxCategories} different values, got more. Standardize it if it is a number, or ${vocabulary.remedy}`
    return { kind: 'oneHot', property, categories: [...categories].sort(compareCategories) }
  }
  const [entry] = summary.moments
  const [length, moments] = entry ?? [0, createMoments(1)]
  if (encoding === 'none') return { kind: 'none', property, list: length > 0, length: Math.max(1, length) }
  return {
    kind: 'standardize',
    property,
    list: length > 0,
    mean: meanOf(moments),
    std: standardDeviationOf(moments).map((std) => std || 1),
  }
}

function automaticEncoding({ usable }: PropertySummary): 'oneHot' | 'standardize' | null {
  const labels = [...usable.keys()]
  if (labels.length === 0) return null
  if (labels.every((label) => label === 'INTEGER' || label === 'FLOAT')) return 'standardize'
  if (labels.length > 1) return null
  return usable.get(labels[0] ?? '') === 'list' ? 'standardize' : 'oneHot'
}

/** Labels of the values an encoding takes: of what is there in several types, those that are in the majority. */
function acceptedLabels(summary: PropertySummary, encoding: 'oneHot' | 'standardize' | 'none'): Set<string> {
  const families = new Map<string, string[]>()
  for (const [label, kind] of summary.usable) {
    const numeric = label === 'INTEGER' || label === 'FLOAT'
    const family =
      encoding === 'oneHot' ? (kind === 'category' ? label : null) : numeric ? 'number' : kind === 'list' ? label : null
    if (family !== null) families.set(family, [...(families.get(family) ?? []), label])
  }
  const size = (labels: string[]) => labels.reduce((sum, label) => sum + (summary.sightings.get(label)?.count ?? 0), 0)
  const [largest] = [...families.values()].sort((a, b) => size(b) - size(a))
  return new Set(largest)
}
