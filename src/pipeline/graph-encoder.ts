/** Encodes graphology graphs as a model reads them. */
import type { Orientation } from '../config/schema.ts'
import type { ClassValue } from '../graph/classes.ts'
import type { EdgeSchema } from '../graph/edge-schema.ts'
import { type EncodeResult, encodeGraph } from '../graph/encode.ts'
import type { FeatureGroup, FeatureSchema } from '../graph/feature-schema.ts'
import { type AttributeReading, type GraphologyGraph, graphSource } from '../graph/graphology-graph.ts'
import type { PropertyValue } from '../graph/subgraph.ts'
import { edgeAttributes, nodeAttributes } from '../graph/vocabulary.ts'
import { type Unseen, warningsOf } from './unseen.ts'

/** What of a model says how graphs are read. */
export interface EncodedBy {
  readonly featureSchema: FeatureSchema
  readonly edgeSchema?: EdgeSchema | undefined
  readonly orientation: Orientation
  readonly classes: readonly ClassValue[]
}

export interface GraphToEncode {
  readonly key: string
  readonly graph: GraphologyGraph
  readonly target: PropertyValue
}

export type GraphEncoder = (graph: GraphToEncode) => EncodeResult

/** The encoder throws SourceDataError as {@link encodeGraph} does. */
export function createGraphEncoder({ featureSchema, edgeSchema, orientation, classes }: EncodedBy): GraphEncoder {
  const nodes = readingsOf(featureSchema.groups)
  const edges = edgeSchema === undefined ? [] : edgeReadings(edgeSchema)
  const options = { orientation, classes, edgeSchema, vocabulary: nodeAttributes, edgeVocabulary: edgeAttributes }
  return ({ key, graph, target }) =>
    encodeGraph(
      graphSource(graph, { key, target, nodeAttributes: nodes, edgeAttributes: edges }),
      featureSchema,
      options,
    )
}

function edgeReadings({ weight, type, features }: EdgeSchema): AttributeReading[] {
  return [
    ...(weight === null ? [] : [{ attribute: weight, isCategory: false }]),
    ...(type === null ? [] : [{ attribute: type.property, isCategory: true }]),
    ...readingsOf(features),
  ]
}

function readingsOf(groups: readonly FeatureGroup[]): AttributeReading[] {
  return groups.flatMap((group) =>
    'property' in group ? [{ attribute: group.property, isCategory: group.kind === 'oneHot' }] : [],
  )
}

/** As {@link warningsOf}, in the words of graphology. */
export function attributeWarnings(unseen: Readonly<Unseen>): string[] {
  return warningsOf(unseen, { edges: 'edges', values: 'values' })
}
