/**
 * Fits the feature schema to the training graphs in one pass, holding no graph.
 *
 * Encoding `auto` means one-hot for text and booleans, standardised for numbers (INTEGER or FLOAT) and numeric lists;
 * integers that are codes rather than amounts need `oneHot`. Degree `auto` means: only where there are no feature
 * properties; one-hot below a largest degree of 1000, else standardised (as the paper's experiments).
 */
import type { DegreeFeature, FeatureProperty, Orientation } from '../config/schema.ts'
import { ConfigError, SourceDataError } from '../errors.ts'
import { compareCategories } from './categories.ts'
import { degreesOf, messageEdges } from './edges.ts'
import { type Category, createFeatureSchema, type FeatureGroup, type FeatureSchema } from './feature-schema.ts'
import { addSighting, describeSightings, kindOf, numbersOf, type Sightings, type ValueKind } from './feature-values.ts'
import { addToMoments, createMoments, type Moments, meanOf, standardDeviationOf } from './moments.ts'
import type { Key, PropertyValue, Subgraph } from './subgraph.ts'

/** More categories or degrees than this do not get columns of their own. */
const maxCategories = 1000

export interface FeatureOptions {
  readonly featureProperties: readonly FeatureProperty[]
  readonly degreeFeature: DegreeFeature
  readonly orientation: Orientation
}

export interface FeatureFitter {
  /** Takes one training graph into account. */
  add(subgraph: Subgraph): void
  /**
   * The schema of all graphs added.
   *
   * @throws SourceDataError naming each property with missing, non-finite, mixed or wrongly typed values and up to five
   * members that have them.
   */
  finish(): FeatureSchema
}

/**
 * @throws ConfigError if there is neither a feature property nor a degree feature.
 */
export function createFeatureFitter(options: FeatureOptions): FeatureFitter {
  const { featureProperties, degreeFeature, orientation } = options
  const degreeEncoding = degreeFeature === 'auto' && featureProperties.length > 0 ? 'none' : degreeFeature
  if (featureProperties.length === 0 && degreeEncoding === 'none')
    throw new ConfigError(
      "Cannot encode members: expected featureProperties or a degreeFeature, got none of them; name a property or set degreeFeature to 'auto'",
    )
  const properties = featureProperties.map(createPropertySummary)
  const degrees = { moments: createMoments(1), max: 0 }
  return {
    add: ({ key, graph }) => {
      graph.forEachNode((_node, { key: member, values }) => {
        properties.forEach((summary, i) => {
          summarize(summary, values[i] ?? null, key, member)
        })
      })
      if (degreeEncoding === 'none') return
      for (const degree of degreesOf(messageEdges(graph, orientation).target, graph.order)) {
        addToMoments(degrees.moments, [degree])
        degrees.max = Math.max(degrees.max, degree)
      }
    },
    finish: () => {
      const groups: FeatureGroup[] = []
      const problems: string[] = []
      for (const summary of properties) {
        const fitted = fitProperty(summary)
        if (typeof fitted === 'string') problems.push(fitted)
        else groups.push(fitted)
      }
      if (problems.length > 0) throw new SourceDataError(problems.join('\n'))
      if (degreeEncoding !== 'none') groups.push(fitDegree(degreeEncoding, degrees))
      return createFeatureSchema(groups)
    },
  }
}

/** {@link createFeatureFitter} over all of `subgraphs`, in their order. */
export async function fitFeatures(
  subgraphs: Iterable<Subgraph> | AsyncIterable<Subgraph>,
  options: FeatureOptions,
): Promise<FeatureSchema> {
  const fitter = createFeatureFitter(options)
  for await (const subgraph of subgraphs) fitter.add(subgraph)
  return fitter.finish()
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

function createPropertySummary({ property, encoding }: FeatureProperty): PropertySummary {
  return {
    property,
    encoding,
    sightings: new Map(),
    usable: new Map(),
    categories: new Set(),
    moments: new Map(),
  }
}

function summarize(summary: PropertySummary, value: PropertyValue, graph: Key, member: Key): void {
  const kind = kindOf(value)
  const sightings = summary.sightings.get(kind.label) ?? { count: 0, places: [] }
  summary.sightings.set(kind.label, sightings)
  addSighting(sightings, graph, member)
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
function fitProperty(summary: PropertySummary): FeatureGroup | string {
  const { property, categories } = summary
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
    const got = wrong.map(([label, sightings]) => `${label} at ${describeSightings(sightings)}`).join('; ')
    return `Cannot encode property '${property}': expected ${expected}, got ${got || 'no members at all'}. Give those members a value, or take the property out of featureProperties`
  }
  if (encoding === 'oneHot') {
    if (categories.size > maxCategories)
      return `Cannot one-hot encode property '${property}': expected at most ${maxCategories} different values, got more. Take it out of featureProperties, or standardize it if it is a number`
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

function fitDegree(
  encoding: Exclude<DegreeFeature, 'none'>,
  { moments, max }: { moments: Moments; max: number },
): FeatureGroup {
  if (encoding === 'oneHot' || (encoding === 'auto' && max < maxCategories))
    return { kind: 'degreeOneHot', maxDegree: Math.min(max, maxCategories - 1) }
  return {
    kind: 'degreeStandardize',
    mean: meanOf(moments)[0] ?? 0,
    std: standardDeviationOf(moments)[0] || 1,
  }
}
