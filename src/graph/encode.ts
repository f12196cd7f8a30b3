/** Encodes a graph as typed arrays: one row per node, one pair of rows per message edge. */
import type { Orientation } from '../config/schema.ts'
import { SourceDataError } from '../errors.ts'
import type { ClassValue } from './classes.ts'
import type { EdgeSchema } from './edge-schema.ts'
import { type EdgeReading, readEdgeValues } from './edge-values.ts'
import { alike, degreesOf, type MessageEdges, messageEdges } from './edges.ts'
import type { EncodedGraph } from './encoded-graph.ts'
import { type DegreeGroup, type FeatureSchema, widthOf } from './feature-schema.ts'
import { kindOf } from './feature-values.ts'
import { type PropertyRows, writeProperty } from './property-columns.ts'
import { type GraphSource, type Key, keyText, type PropertyValue } from './subgraph.ts'
import { type EdgeVocabulary, memberProperties, type Vocabulary } from './vocabulary.ts'

export interface EncodeOptions {
  readonly orientation: Orientation
  /** Classes in the model's order; without them, or for a target that is none of them, `y` is `null`. */
  readonly classes?: readonly ClassValue[]
  /** What edges have beyond their ends; without it, all are alike. */
  readonly edgeSchema?: EdgeSchema | undefined
  /** What messages call nodes and their properties. Default: members */
  readonly vocabulary?: Vocabulary
  /** The same of edges. Default: relationships */
  readonly edgeVocabulary?: EdgeVocabulary
}

export interface EncodeResult {
  readonly encoded: EncodedGraph
  /** Edges that the model does not see. */
  readonly dropped: { readonly parallelEdges: number; readonly selfLoops: number }
  /** Values of one-hot properties that no training graph had; their columns are all 0. */
  readonly unseenCategories: number
}

/**
 * Rows follow the order of the graph's nodes; edges are those of {@link messageEdges}, whatever their order in the graph.
 *
 * @throws SourceDataError if the graph has no nodes, or if nodes or edges have values that do not fit the schema; the
 * message names the property and up to five of them.
 */
export function encodeGraph(source: GraphSource, schema: FeatureSchema, options: EncodeOptions): EncodeResult {
  const { key, graph, target } = source
  const { vocabulary = memberProperties } = options
  if (graph.order === 0)
    throw new SourceDataError(
      `Cannot encode graph ${keyText(key)}: expected at least one ${vocabulary.holder}, got none`,
    )
  const nodeKeys: Key[] = []
  const rows: (readonly PropertyValue[])[] = []
  graph.forEachNode((_node, attributes) => {
    nodeKeys.push(attributes.key)
    rows.push(attributes.values)
  })
  const reading =
    options.edgeSchema === undefined ? nothing : readEdgeValues(source, options.edgeSchema, options.edgeVocabulary)
  const edges = messageEdges(graph, options.orientation, reading.values)
  requireFiniteWeights(key, edges)
  const nodes = { graph: key, rows, keyOf: (v: number) => nodeKeys[v] ?? '', vocabulary }
  const { x, unseenCategories } = encodeFeatures(nodes, edges, schema)
  const targetKind = kindOf(target)
  const y = targetKind.kind === 'category' ? (options.classes?.indexOf(targetKind.category) ?? -1) : -1
  return {
    encoded: {
      key,
      nodeKeys,
      nodeCount: nodeKeys.length,
      x,
      featureCount: schema.featureCount,
      source: edges.source,
      target: edges.target,
      edgeWeight: edges.weight,
      typeCount: reading.values.typeCount,
      edgeType: edges.type,
      edgeFeatureCount: reading.values.featureCount,
      edgeFeatures: edges.features,
      targets: null,
      y: y < 0 ? null : y,
    },
    dropped: { parallelEdges: edges.parallelEdges, selfLoops: edges.selfLoops },
    unseenCategories: unseenCategories + reading.unseenCategories,
  }
}

const nothing: EdgeReading = { values: alike, unseenCategories: 0 }

/** x [N, F], group of columns by group of columns. */
function encodeFeatures(
  nodes: PropertyRows,
  edges: MessageEdges,
  { groups, featureCount }: FeatureSchema,
): { x: Float32Array; unseenCategories: number } {
  const x = new Float32Array(nodes.rows.length * featureCount)
  let [firstColumn, unseenCategories] = [0, 0]
  groups.forEach((group, position) => {
    const place = { position, x, firstColumn, stride: featureCount }
    if ('property' in group) unseenCategories += writeProperty(nodes, group, place)
    else writeDegrees(group, degreesOf(edges, nodes.rows.length), place)
    firstColumn += widthOf(group)
  })
  return { x, unseenCategories }
}

function writeDegrees(
  group: DegreeGroup,
  degrees: Int32Array,
  { x, firstColumn, stride }: { x: Float32Array; firstColumn: number; stride: number },
): void {
  degrees.forEach((degree, v) => {
    const at = v * stride + firstColumn
    if (group.kind === 'degreeOneHot') x[at + Math.min(degree, group.maxDegree)] = 1
    else x[at] = (degree - group.mean) / group.std
  })
}

/** Each weight is finite, but sums of parallel ones need not be. */
function requireFiniteWeights(key: Key, { weight }: MessageEdges): void {
  if (weight?.every(Number.isFinite) === false)
    throw new SourceDataError(
      `Cannot encode graph ${keyText(key)}: expected weights of parallel edges with a sum within single precision, got more; scale the edge weights`,
    )
}
