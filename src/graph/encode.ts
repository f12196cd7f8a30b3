/** Encodes a subgraph as typed arrays: one row per member, one pair of rows per message edge. */
import type { Orientation } from '../config/schema.ts'
import { SourceDataError } from '../errors.ts'
import type { ClassValue } from './classes.ts'
import { degreesOf, type MessageEdges, messageEdges } from './edges.ts'
import type { EncodedGraph } from './encoded-graph.ts'
import { type Category, type FeatureGroup, type FeatureSchema, widthOf } from './feature-schema.ts'
import {
  addSighting,
  describeSightings,
  fitsSinglePrecision,
  kindOf,
  numbersOf,
  type Sightings,
} from './feature-values.ts'
import { type Key, keyText, type PropertyValue, type Subgraph } from './subgraph.ts'

export interface EncodeOptions {
  readonly orientation: Orientation
  /** Classes in the model's order; without them, or for a target that is none of them, `y` is `null`. */
  readonly classes?: readonly ClassValue[]
}

export interface EncodeResult {
  readonly encoded: EncodedGraph
  /** Edges that the model does not see. */
  readonly dropped: { readonly parallelEdges: number; readonly selfLoops: number }
  /** Values of one-hot properties that no training graph had; their columns are all 0. */
  readonly unseenCategories: number
}

/**
 * Rows follow the order of the graph's nodes.
 *
 * @throws SourceDataError if the graph has no members, or if members have values that do not fit the schema; the message
 * names the property and up to five members.
 */
export function encodeGraph(subgraph: Subgraph, schema: FeatureSchema, options: EncodeOptions): EncodeResult {
  const { key, graph, target } = subgraph
  if (graph.order === 0)
    throw new SourceDataError(`Cannot encode graph ${keyText(key)}: expected at least one member, got none`)
  const nodeKeys: Key[] = []
  const values: (readonly PropertyValue[])[] = []
  graph.forEachNode((_node, attributes) => {
    nodeKeys.push(attributes.key)
    values.push(attributes.values)
  })
  const edges = messageEdges(graph, options.orientation)
  const { x, unseenCategories } = encodeFeatures({ graphKey: key, nodeKeys, values, edges }, schema)
  const targetKind = kindOf(target)
  const y = targetKind.kind === 'category' ? (options.classes?.indexOf(targetKind.category) ?? -1) : -1
  return {
    encoded: {
      key,
      nodeKeys,
      x,
      featureCount: schema.featureCount,
      source: edges.source,
      target: edges.target,
      y: y < 0 ? null : y,
    },
    dropped: { parallelEdges: edges.parallelEdges, selfLoops: edges.selfLoops },
    unseenCategories,
  }
}

interface Members {
  readonly graphKey: Key
  readonly nodeKeys: readonly Key[]
  readonly values: readonly (readonly PropertyValue[])[]
  readonly edges: MessageEdges
}

/** x [N, F], group of columns by group of columns. */
function encodeFeatures(members: Members, schema: FeatureSchema): { x: Float32Array; unseenCategories: number } {
  const { nodeKeys, values, edges, graphKey } = members
  const x = new Float32Array(nodeKeys.length * schema.featureCount)
  let unseenCategories = 0
  let firstColumn = 0
  schema.groups.forEach((group, position) => {
    if (group.kind === 'degreeOneHot' || group.kind === 'degreeStandardize')
      writeDegrees(group, degreesOf(edges.target, nodeKeys.length), { x, firstColumn, stride: schema.featureCount })
    else {
      const write = group.kind === 'oneHot' ? categoryWriter(group.categories) : numberWriter(group)
      const wrong = new Map<string, Sightings>()
      values.forEach((row, v) => {
        const value = row[position] ?? null
        const outcome = write(value, x, v * schema.featureCount + firstColumn)
        if (outcome === 'unseen') unseenCategories++
        if (outcome !== 'wrong') return
        const { label } = kindOf(value)
        const sightings = wrong.get(label) ?? { count: 0, places: [] }
        wrong.set(label, sightings)
        addSighting(sightings, graphKey, nodeKeys[v] ?? '')
      })
      if (wrong.size > 0) throw new SourceDataError(misfitMessage(group, wrong))
    }
    firstColumn += widthOf(group)
  })
  return { x, unseenCategories }
}

type Outcome = 'written' | 'unseen' | 'wrong'
type Writer = (value: PropertyValue, x: Float32Array, at: number) => Outcome

function categoryWriter(categories: readonly Category[]): Writer {
  const columnOf = new Map(categories.map((category, column) => [category, column]))
  const type = typeof categories[0]
  return (value, x, at) => {
    if (typeof value !== type) return 'wrong'
    const column = typeof value === 'object' || typeof value === 'number' ? undefined : columnOf.get(value)
    if (column === undefined) return 'unseen'
    x[at + column] = 1
    return 'written'
  }
}

function numberWriter(group: Extract<FeatureGroup, { kind: 'standardize' | 'none' }>): Writer {
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

function writeDegrees(
  group: Extract<FeatureGroup, { kind: 'degreeOneHot' | 'degreeStandardize' }>,
  degrees: Int32Array,
  { x, firstColumn, stride }: { x: Float32Array; firstColumn: number; stride: number },
): void {
  degrees.forEach((degree, v) => {
    const at = v * stride + firstColumn
    if (group.kind === 'degreeOneHot') x[at + Math.min(degree, group.maxDegree)] = 1
    else x[at] = (degree - group.mean) / group.std
  })
}

function misfitMessage(
  group: Extract<FeatureGroup, { property: string }>,
  wrong: ReadonlyMap<string, Sightings>,
): string {
  const expected =
    group.kind === 'oneHot'
      ? { string: 'a STRING', bigint: 'an INTEGER', boolean: 'a BOOLEAN' }[categoryType(group.categories)]
      : group.list
        ? `a LIST of ${widthOf(group)} finite numbers`
        : 'a finite number'
  const got = [...wrong].map(([label, sightings]) => `${label} at ${describeSightings(sightings)}`).join('; ')
  return `Cannot encode property '${group.property}': expected ${expected} as in training, got ${got}. Give those members such a value, or take the property out of featureProperties and train anew`
}

function categoryType([first]: readonly Category[]): 'string' | 'bigint' | 'boolean' {
  return typeof first === 'bigint' ? 'bigint' : typeof first === 'boolean' ? 'boolean' : 'string'
}
