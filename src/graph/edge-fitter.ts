/** Fits the edge schema to the training graphs in one pass, holding no graph. */
import type { FeatureProperty } from '../config/schema.ts'
import type { EdgeSchema } from './edge-schema.ts'
import { edgeKey } from './edge-values.ts'
import { createPropertyFitter } from './property-fitter.ts'
import type { GraphSource } from './subgraph.ts'
import { type EdgeVocabulary, relationshipProperties } from './vocabulary.ts'

export interface EdgeOptions {
  readonly edgeWeight: string | null
  readonly edgeType: string | null
  readonly edgeFeatures: readonly FeatureProperty[]
  /** What messages call edges and their properties. Default: relationships */
  readonly vocabulary?: EdgeVocabulary
}

export interface EdgeFitter {
  /** Takes one training graph into account. */
  add(graph: GraphSource): void
  /**
   * The schema of all graphs added; `undefined` where nothing but the ends of edges is wanted.
   *
   * @throws SourceDataError naming each property with missing, mixed or wrongly typed values and up to five edges that have
   * them.
   */
  finish(): EdgeSchema | undefined
}

export function createEdgeFitter({
  edgeWeight,
  edgeType,
  edgeFeatures,
  vocabulary = relationshipProperties,
}: EdgeOptions): EdgeFitter {
  const typed = edgeType === null ? [] : [{ property: edgeType, encoding: 'oneHot' as const }]
  const types = createPropertyFitter(typed, vocabulary.type)
  const features = createPropertyFitter(edgeFeatures, vocabulary.features)
  const firstType = edgeWeight === null ? 0 : 1
  const firstFeature = firstType + typed.length
  const needed = edgeType !== null || edgeFeatures.length > 0
  return {
    add: ({ key, graph }) => {
      if (!needed) return
      graph.forEachEdge((_edge, { values = [] }, source, target) => {
        if (source === target) return
        types.add(values.slice(firstType, firstFeature), key, edgeKey(source, target))
        features.add(values.slice(firstFeature), key, edgeKey(source, target))
      })
    },
    finish: () => {
      if (!needed && edgeWeight === null) return undefined
      const type = types.finish().flatMap((group) => (group.kind === 'oneHot' ? [group] : []))[0]
      return {
        weight: edgeWeight,
        type: type === undefined ? null : { property: type.property, categories: type.categories },
        features: features.finish(),
      }
    },
  }
}
