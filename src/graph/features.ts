/**
 * Fits the feature schema to the training graphs in one pass, holding no graph.
 *
 * Degree `auto` means: only where there are no feature properties; one-hot below a largest degree of 1000, else
 * standardised (as the paper's experiments). For the encodings of properties see property-fitter.ts.
 */
import type { DegreeFeature, FeatureProperty, Orientation } from '../config/schema.ts'
import { ConfigError } from '../errors.ts'
import { degreesOf, messageEdges } from './edges.ts'
import { createFeatureSchema, type FeatureGroup, type FeatureSchema } from './feature-schema.ts'
import { addToMoments, createMoments, type Moments, meanOf, standardDeviationOf } from './moments.ts'
import { createPropertyFitter, maxCategories } from './property-fitter.ts'
import type { GraphSource } from './subgraph.ts'
import { memberProperties, type Vocabulary } from './vocabulary.ts'

export interface FeatureOptions {
  readonly featureProperties: readonly FeatureProperty[]
  readonly degreeFeature: DegreeFeature
  readonly orientation: Orientation
  /** What messages call the properties. Default: those of members */
  readonly vocabulary?: Vocabulary
}

export interface FeatureFitter {
  /** Takes one training graph into account. */
  add(graph: GraphSource): void
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
  const { featureProperties, degreeFeature, orientation, vocabulary = memberProperties } = options
  const degreeEncoding = degreeFeature === 'auto' && featureProperties.length > 0 ? 'none' : degreeFeature
  if (featureProperties.length === 0 && degreeEncoding === 'none')
    throw new ConfigError(
      "Cannot encode members: expected featureProperties or a degreeFeature, got none of them; name a property or set degreeFeature to 'auto'",
    )
  const properties = createPropertyFitter(featureProperties, vocabulary)
  const degrees = { moments: createMoments(1), max: 0 }
  return {
    add: ({ key, graph }) => {
      graph.forEachNode((_node, { key: member, values }) => properties.add(values, key, member))
      if (degreeEncoding === 'none') return
      for (const degree of degreesOf(messageEdges(graph, orientation), graph.order)) {
        addToMoments(degrees.moments, [degree])
        degrees.max = Math.max(degrees.max, degree)
      }
    },
    finish: () => {
      const groups: FeatureGroup[] = properties.finish()
      if (degreeEncoding !== 'none') groups.push(fitDegree(degreeEncoding, degrees))
      return createFeatureSchema(groups)
    },
  }
}

/** {@link createFeatureFitter} over all of `graphs`, in their order. */
export async function fitFeatures(
  graphs: Iterable<GraphSource> | AsyncIterable<GraphSource>,
  options: FeatureOptions,
): Promise<FeatureSchema> {
  const fitter = createFeatureFitter(options)
  for await (const graph of graphs) fitter.add(graph)
  return fitter.finish()
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
