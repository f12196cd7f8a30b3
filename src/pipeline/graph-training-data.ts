/** Reads graphology graphs to learn from: checked, split and encoded, the features fitted on the training part alone. */
import type { GraphModel } from '../config/graph-model-options.ts'
import type { FeatureProperty, TrainingOptions } from '../config/schema.ts'
import { createEdgeFitter } from '../graph/edge-fitter.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { createFeatureFitter } from '../graph/features.ts'
import {
  type AttributeReading,
  attributeOf,
  type GraphologyGraph,
  graphSource,
  propertyValueOf,
} from '../graph/graphology-graph.ts'
import { type Key, keyText, type PropertyValue } from '../graph/subgraph.ts'
import { edgeAttributes, graphAttributes, nodeAttributes } from '../graph/vocabulary.ts'
import type { GivenMasks } from '../model/preassigned.ts'
import { createGraphEncoder } from './graph-encoder.ts'
import { type GraphInput, type KeyedGraph, keyedGraphs, requireDistinctKeys, targetsOfEntry } from './graph-inputs.ts'
import { givenMasksOf, hasMasks, type MaskOptions } from './graph-masks.ts'
import { interruptible } from './interruptible.ts'
import { knownTargets } from './known-targets.ts'
import { nodeTruth } from './mask-quality/node-truth.ts'
import type { TrainingData } from './trained-model.ts'
import { addUnseen, nothingUnseen, type Unseen } from './unseen.ts'

export interface GraphTrainingData extends TrainingData {
  /** In all of them. */
  readonly unseen: Readonly<Unseen>
  /** Whether each node is part of the cause, graph by graph; none where no attribute is named. [N] each */
  readonly truth: ReadonlyMap<EncodedGraph, readonly boolean[]>
}

interface ReadOptions<G extends GraphologyGraph> {
  readonly training: TrainingOptions
  readonly maskOptions: MaskOptions<G>
  /** Node attribute that says which nodes are part of the cause. */
  readonly truthAttribute?: string | undefined
  readonly signal: AbortSignal | undefined
}

/**
 * The order of `graphs` does not matter where they have keys.
 *
 * @throws SourceDataError naming what is wrong with targets, nodes or edges; ConfigError if two graphs have the same key;
 * InterruptedError once the signal is aborted
 */
export async function readTrainingGraphs<G extends GraphologyGraph>(
  model: GraphModel,
  graphs: Iterable<GraphInput<G>>,
  { training, maskOptions, truthAttribute, signal }: ReadOptions<G>,
): Promise<GraphTrainingData> {
  const { orientation, targets, options } = model
  const all: GraphWithTargets<G>[] = []
  for await (const keyed of interruptible(keyedGraphs(graphs), signal, 'reading'))
    all.push({ ...keyed, values: targetsOfEntry(keyed, targets) })
  requireDistinctKeys(all)
  const { task, layers } = options
  const { classes, numbers, split } = knownTargets(all, { targets, task, training, vocabulary: graphAttributes })
  const byKey = new Map<Key, GraphWithTargets<G>>(all.map((graph) => [graph.key, graph]))
  const part = (keys: readonly Key[]) => keys.flatMap((key) => byKey.get(key) ?? [])
  const { featureSchema, edgeSchema } = await fitSchemas(model, part(split.train), signal)
  const encode = createGraphEncoder({ featureSchema, edgeSchema, orientation, classes })
  const unseen = nothingUnseen()
  const givenMasks = new Map<EncodedGraph, GivenMasks>()
  const truth = new Map<EncodedGraph, readonly boolean[]>()
  const encodePart = async (keys: readonly Key[]) => {
    const encodedGraphs: EncodedGraph[] = []
    for await (const { key, entry, values } of interruptible(part(keys), signal, 'reading')) {
      const result = encode({ key, graph: entry.graph, target: values[0] ?? null })
      addUnseen(unseen, result)
      const encoded = { ...result.encoded, targets: numbers?.get(key) ?? null }
      const nodeKeys = encoded.nodeKeys.map(keyText)
      const masks = givenMasksOf(maskOptions, { graph: entry.graph, key: keyText(key), nodeKeys, layers })
      if (masks !== undefined) givenMasks.set(encoded, masks)
      if (truthAttribute !== undefined) truth.set(encoded, truthOfNodes(entry.graph, key, nodeKeys, truthAttribute))
      encodedGraphs.push(encoded)
    }
    return encodedGraphs
  }
  return {
    classes,
    split,
    featureSchema,
    edgeSchema,
    train: await encodePart(split.train),
    validation: await encodePart(split.validation),
    test: await encodePart(split.test),
    givenMasks: hasMasks(maskOptions) ? givenMasks : undefined,
    unseen,
    truth,
  }
}

function truthOfNodes(graph: GraphologyGraph, key: string, nodes: readonly string[], attribute: string): boolean[] {
  const setting = 'maskQuality.truthAttribute'
  return nodes.map((node) => {
    const value = propertyValueOf(attributeOf(graph.getNodeAttributes(node), attribute), true)
    return nodeTruth(value, { property: attribute, holder: 'node', node, graph: key, setting })
  })
}

interface GraphWithTargets<G extends GraphologyGraph = GraphologyGraph> extends KeyedGraph<G> {
  /** [C] */
  readonly values: readonly PropertyValue[]
}

/** In the order of keys, so that sums are the same whatever the order of the graphs. */
async function fitSchemas(model: GraphModel, graphs: readonly GraphWithTargets[], signal: AbortSignal | undefined) {
  const { nodeFeatures, degreeFeature, orientation, edgeFeatures, edgeType, edgeWeight } = model
  const features = createFeatureFitter({
    featureProperties: nodeFeatures,
    degreeFeature,
    orientation,
    vocabulary: nodeAttributes,
  })
  const edges = createEdgeFitter({ edgeWeight, edgeType, edgeFeatures, vocabulary: edgeAttributes })
  const reading = {
    nodeAttributes: nodeFeatures.map(readingOf),
    edgeAttributes: [
      ...(edgeWeight === null ? [] : [{ attribute: edgeWeight, isCategory: false }]),
      ...(edgeType === null ? [] : [{ attribute: edgeType, isCategory: true }]),
      ...edgeFeatures.map(readingOf),
    ],
  }
  for await (const { key, entry } of interruptible(graphs, signal, 'reading')) {
    const source = graphSource(entry.graph, { key, target: null, ...reading })
    features.add(source)
    edges.add(source)
  }
  return { featureSchema: features.finish(), edgeSchema: edges.finish() }
}

function readingOf({ property, encoding }: FeatureProperty): AttributeReading {
  return { attribute: property, isCategory: encoding === 'oneHot' }
}
