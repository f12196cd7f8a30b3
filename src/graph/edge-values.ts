/** Reads what an edge schema says of the edges of a graph, as typed arrays. */
import type { EdgeSchema } from './edge-schema.ts'
import type { EdgeValues } from './edges.ts'
import { type PropertyGroup, widthOf } from './feature-schema.ts'
import { kindOf, type Sightings } from './feature-values.ts'
import {
  addMisfit,
  categoryColumns,
  categoryWords,
  misfit,
  type PropertyRows,
  writeProperty,
} from './property-columns.ts'
import type { GraphSource, PropertyValue } from './subgraph.ts'
import { type EdgeVocabulary, relationshipProperties } from './vocabulary.ts'

/** What the edges of a graph have, and how many of their categories no training graph had. */
export interface EdgeReading {
  readonly values: EdgeValues
  readonly unseenCategories: number
}

/** What messages call an edge. */
export function edgeKey(source: string, target: string): string {
  return `${source} -> ${target}`
}

/**
 * @throws SourceDataError if edges have values that do not fit the schema, or a type that no training graph had; the message
 * names the property and up to five edges.
 */
export function readEdgeValues(
  { key, graph }: GraphSource,
  schema: EdgeSchema,
  vocabulary: EdgeVocabulary = relationshipProperties,
): EdgeReading {
  const rows: (readonly PropertyValue[])[] = []
  const ends: string[] = []
  graph.forEachEdge((_edge, { values = [] }, source, target) => {
    if (source === target) return
    rows.push(values)
    ends.push(source, target)
  })
  const keyOf = (row: number) => edgeKey(ends[2 * row] ?? '', ends[2 * row + 1] ?? '')
  const table = { graph: key, rows, keyOf }
  const firstType = schema.weight === null ? 0 : 1
  const firstFeature = firstType + (schema.type === null ? 0 : 1)
  const { features, featureCount, unseenCategories } = readFeatures(
    { ...table, vocabulary: vocabulary.features },
    schema.features,
    firstFeature,
  )
  const values = {
    weight: schema.weight === null ? null : readWeights({ ...table, vocabulary: vocabulary.weight }, schema.weight),
    type: schema.type === null ? null : readTypes({ ...table, vocabulary: vocabulary.type }, schema.type, firstType),
    typeCount: schema.type?.categories.length ?? 1,
    features,
    featureCount,
  }
  return { values, unseenCategories }
}

function readWeights(table: PropertyRows, property: string): Float32Array {
  const x = new Float32Array(table.rows.length)
  writeProperty(
    table,
    { kind: 'none', property, list: false, length: 1 },
    { position: 0, x, firstColumn: 0, stride: 1 },
  )
  return x
}

/** Types are not features: without a weight matrix of its own, an edge cannot count. */
function readTypes(
  { graph, rows, keyOf, vocabulary }: PropertyRows,
  { property, categories }: NonNullable<EdgeSchema['type']>,
  position: number,
): Int32Array {
  const columnOf = categoryColumns(categories)
  const wrong = new Map<string, Sightings>()
  const types = Int32Array.from(rows, (row, e) => {
    const value = row[position] ?? null
    const column = columnOf(value)
    if (typeof column === 'number') return column
    const label = column === 'unseen' ? `the unknown type '${String(value)}'` : kindOf(value).label
    addMisfit(wrong, label, graph, keyOf(e))
    return 0
  })
  const known = categories.map((category) => `'${String(category)}'`).join(', ')
  if (wrong.size > 0) throw misfit(property, `${categoryWords(categories)}, one of ${known}`, wrong, vocabulary)
  return types
}

function readFeatures(table: PropertyRows, groups: readonly PropertyGroup[], firstPosition: number) {
  const featureCount = groups.reduce((sum, group) => sum + widthOf(group), 0)
  if (groups.length === 0) return { features: null, featureCount, unseenCategories: 0 }
  const x = new Float32Array(table.rows.length * featureCount)
  let [firstColumn, unseenCategories] = [0, 0]
  groups.forEach((group, i) => {
    unseenCategories += writeProperty(table, group, {
      position: firstPosition + i,
      x,
      firstColumn,
      stride: featureCount,
    })
    firstColumn += widthOf(group)
  })
  return { features: x, featureCount, unseenCategories }
}
