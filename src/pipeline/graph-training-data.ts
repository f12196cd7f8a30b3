/** Reads graphology graphs to learn from: checked, split and encoded, the features fitted on the training part alone. */
import type { GraphModel } from '../config/graph-model-options.ts'
import type { FeatureProperty, TrainingOptions } from '../config/schema.ts'
import { throwIfInterrupted } from '../errors.ts'
import { type ClassValue, classesOf } from '../graph/classes.ts'
import { createEdgeFitter } from '../graph/edge-fitter.ts'
import type { EdgeSchema } from '../graph/edge-schema.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { FeatureSchema } from '../graph/feature-schema.ts'
import { createFeatureFitter } from '../graph/features.ts'
import { type AttributeReading, type GraphologyGraph, graphSource } from '../graph/graphology-graph.ts'
import { numericTargets } from '../graph/numeric-targets.ts'
import { type Split, splitTargets, splitWithoutClasses } from '../graph/split.ts'
import { type Key, keyText, type PropertyValue } from '../graph/subgraph.ts'
import { nodeAttributes } from '../graph/vocabulary.ts'
import type { GivenMasks } from '../model/preassigned.ts'
import { createGraphEncoder } from './graph-encoder.ts'
import { type GraphInput, type KeyedGraph, keyedGraphs, requireDistinctKeys, targetsOfEntry } from './graph-inputs.ts'
import { givenMasksOf, hasMasks, type MaskOptions } from './graph-masks.ts'
import { addUnseen, nothingUnseen, type Unseen } from './unseen.ts'

export interface GraphTrainingData {
  /** None for a regression. */
  readonly classes: readonly ClassValue[]
  readonly split: Split
  readonly featureSchema: FeatureSchema
  readonly edgeSchema: EdgeSchema | undefined
  readonly train: readonly EncodedGraph[]
  readonly validation: readonly EncodedGraph[]
  readonly test: readonly EncodedGraph[]
  /** Masks that are given instead of learned; `undefined`: none. */
  readonly givenMasks: ReadonlyMap<EncodedGraph, GivenMasks> | undefined
  /** In all of them. */
  readonly unseen: Readonly<Unseen>
}

interface ReadOptions<G extends GraphologyGraph> {
  readonly training: TrainingOptions
  readonly maskOptions: MaskOptions<G>
  readonly signal: AbortSignal | undefined
}

/**
 * The order of `graphs` does not matter where they have keys.
 *
 * @throws SourceDataError naming what is wrong with targets, nodes or edges; ConfigError if two graphs have the same key
 */
export function readTrainingGraphs<G extends GraphologyGraph>(
  model: GraphModel,
  graphs: Iterable<GraphInput<G>>,
  { training, maskOptions, signal }: ReadOptions<G>,
): GraphTrainingData {
  const all = [...keyedGraphs(graphs)].map((keyed) => ({ ...keyed, values: targetsOfEntry(keyed, model.targets) }))
  requireDistinctKeys(all)
  const { classes, numbers, split } = knownTargets(model, all, training)
  const byKey = new Map<Key, GraphWithTargets<G>>(all.map((graph) => [graph.key, graph]))
  const part = (keys: readonly Key[]) => keys.flatMap((key) => byKey.get(key) ?? [])
  const { featureSchema, edgeSchema } = fitSchemas(model, part(split.train), signal)
  const encode = createGraphEncoder({ featureSchema, edgeSchema, orientation: model.orientation, classes })
  const unseen = nothingUnseen()
  const givenMasks = new Map<EncodedGraph, GivenMasks>()
  const { layers } = model.options
  const encodePart = (keys: readonly Key[]) =>
    part(keys).map(({ key, entry, values }): EncodedGraph => {
      throwIfInterrupted(signal, 'reading')
      const result = encode({ key, graph: entry.graph, target: values[0] ?? null })
      addUnseen(unseen, result)
      const encoded = { ...result.encoded, targets: numbers?.map((of) => of.get(key) ?? Number.NaN) ?? null }
      const nodeKeys = encoded.nodeKeys.map(keyText)
      const masks = givenMasksOf(maskOptions, { graph: entry.graph, key: keyText(key), nodeKeys, layers })
      if (masks !== undefined) givenMasks.set(encoded, masks)
      return encoded
    })
  return {
    classes,
    split,
    featureSchema,
    edgeSchema,
    train: encodePart(split.train),
    validation: encodePart(split.validation),
    test: encodePart(split.test),
    givenMasks: hasMasks(maskOptions) ? givenMasks : undefined,
    unseen,
  }
}

interface GraphWithTargets<G extends GraphologyGraph = GraphologyGraph> extends KeyedGraph<G> {
  /** [C] */
  readonly values: readonly PropertyValue[]
}

interface KnownTargets {
  readonly classes: readonly ClassValue[]
  /** Of each target, by graph; `null` for classes. */
  readonly numbers: readonly ReadonlyMap<Key, number>[] | null
  readonly split: Split
}

function knownTargets(
  { options, targets }: GraphModel,
  graphs: readonly GraphWithTargets[],
  training: TrainingOptions,
): KnownTargets {
  const valuesOf = (c: number) => graphs.map(({ key, values }) => ({ key, target: values[c] ?? null }))
  if (options.task === 'regression') {
    const numbers = targets.map((name, c) => numericTargets(valuesOf(c), name))
    return {
      classes: [],
      numbers,
      split: splitWithoutClasses(
        graphs.map(({ key }) => key),
        training,
      ),
    }
  }
  const labelled = valuesOf(0)
  const classes = classesOf(labelled, targets[0] ?? '')
  return { classes, numbers: null, split: splitTargets(labelled, { ...training, classes }) }
}

/** In the order of keys, so that sums are the same whatever the order of the graphs. */
function fitSchemas(model: GraphModel, graphs: readonly GraphWithTargets[], signal: AbortSignal | undefined) {
  const { nodeFeatures, degreeFeature, orientation, edgeFeatures, edgeType, edgeWeight } = model
  const features = createFeatureFitter({
    featureProperties: nodeFeatures,
    degreeFeature,
    orientation,
    vocabulary: nodeAttributes,
  })
  const edges = createEdgeFitter({ edgeWeight, edgeType, edgeFeatures })
  const reading = {
    nodeAttributes: nodeFeatures.map(readingOf),
    edgeAttributes: [
      ...(edgeWeight === null ? [] : [{ attribute: edgeWeight, isCategory: false }]),
      ...(edgeType === null ? [] : [{ attribute: edgeType, isCategory: true }]),
      ...edgeFeatures.map(readingOf),
    ],
  }
  for (const { key, entry } of graphs) {
    throwIfInterrupted(signal, 'reading')
    const source = graphSource(entry.graph, { key, target: null, ...reading })
    features.add(source)
    edges.add(source)
  }
  return { featureSchema: features.finish(), edgeSchema: edges.finish() }
}

function readingOf({ property, encoding }: FeatureProperty): AttributeReading {
  return { attribute: property, isCategory: encoding === 'oneHot' }
}
