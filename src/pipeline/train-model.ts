/** Trains a model on the graphs of a projection that have a target. */
import { SourceDataError } from '../errors.ts'
import { type ClassValue, classesOf } from '../graph/classes.ts'
import { encodeGraph } from '../graph/encode.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { FeatureSchema } from '../graph/feature-schema.ts'
import { createFeatureFitter } from '../graph/features.ts'
import { type Split, splitGraphs } from '../graph/split.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import { evaluateNetwork } from '../model/evaluate.ts'
import { networkShape, type TrainedModel } from '../model/model.ts'
import { type EpochRecord, trainNetwork } from '../model/train.ts'
import type { GraphHead } from '../neo4j/catalogue.ts'
import { prefetch } from './prefetch.ts'
import { collectProblem, type GraphProblem, graphHeads, type Source, sourcePagesOf, throwProblems } from './source.ts'

export interface TrainOptions {
  /** Version that the new model gets. */
  readonly version: string
  /** ISO 8601 */
  readonly createdAt: string
  readonly onRead?: (done: number, total: number) => void
  readonly onEpoch?: (record: EpochRecord, epochs: number) => void
}

/** What there is to learn from: everything that can be wrong with it has been checked. */
export interface TrainingData {
  readonly classes: readonly ClassValue[]
  readonly split: Split
  readonly featureSchema: FeatureSchema
  readonly train: readonly EncodedGraph[]
  readonly validation: readonly EncodedGraph[]
  readonly test: readonly EncodedGraph[]
}

/**
 * Reads, checks, splits and encodes all graphs with a target. The features are fitted on the training part alone.
 * @throws SourceDataError naming what is wrong with targets, classes, members or features
 */
export async function readTrainingData(source: Source, onRead?: TrainOptions['onRead']): Promise<TrainingData> {
  const { config } = source
  const labelled: GraphHead[] = []
  for await (const head of graphHeads(source)) if (head.target !== null) labelled.push(head)
  if (labelled.length === 0)
    throw new SourceDataError(
      `Cannot learn '${config.targetProperty}': expected some (:${config.projection.graphLabel}) nodes with it, got none; set it on the graphs to learn from`,
    )
  const classes = classesOf(labelled, config.targetProperty)
  const classIndex = new Map<unknown, number>(classes.map((value, index) => [value, index]))
  const split = splitGraphs(
    labelled.map(({ key, target }) => ({ key, y: classIndex.get(target) ?? -1 })),
    { ...config.training, classes },
  )
  const inTraining = new Set(split.train)
  const total = labelled.length + inTraining.size
  const problems: GraphProblem[] = []
  const progress = { done: 0 }
  // First pass: the training graphs, for the feature schema.
  const fitter = createFeatureFitter({ ...config, orientation: config.projection.orientation })
  const trainingHeads = labelled.filter(({ key }) => inTraining.has(key))
  for await (const page of prefetch(sourcePagesOf(source, trainingHeads))) {
    problems.push(...page.problems)
    for (const { subgraph } of page.graphs) fitter.add(subgraph)
    progress.done += page.graphs.length
    onRead?.(progress.done, total)
  }
  throwProblems(problems)
  const featureSchema = fitter.finish()
  // Second pass: all of them, as typed arrays.
  const encoded = new Map<Key, EncodedGraph>()
  const options = { orientation: config.projection.orientation, classes }
  for await (const page of prefetch(sourcePagesOf(source, labelled))) {
    problems.push(...page.problems)
    for (const { head, subgraph } of page.graphs) {
      collectProblem(problems, head.key, () => {
        encoded.set(head.key, encodeGraph(subgraph, featureSchema, options).encoded)
      })
    }
    progress.done += page.graphs.length
    onRead?.(progress.done, total)
  }
  throwProblems(problems)
  const part = (keys: readonly Key[]) =>
    keys.map((key) => {
      const graph = encoded.get(key)
      if (graph === undefined)
        throw new SourceDataError(
          `Cannot train: graph ${keyText(key)} was deleted while it was read; run the command again`,
        )
      return graph
    })
  return {
    classes,
    split,
    featureSchema,
    train: part(split.train),
    validation: part(split.validation),
    test: part(split.test),
  }
}

/** Trains on `data` and measures the best epoch's weights on the test part. */
export async function trainModel(source: Source, data: TrainingData, options: TrainOptions): Promise<TrainedModel> {
  const { config, signal } = source
  const { classes, split, featureSchema } = data
  const { epochs } = config.training
  const shape = networkShape(config.model, featureSchema.featureCount, classes.length)
  const { weights, bestEpoch, history } = await trainNetwork({
    shape,
    dropout: config.model.dropout,
    options: config.training,
    train: data.train,
    validation: data.validation,
    signal,
    onEpoch: (record) => options.onEpoch?.(record, epochs),
  })
  return {
    name: config.model.modelName,
    version: options.version,
    options: config.model,
    training: config.training,
    orientation: config.projection.orientation,
    targetProperty: config.targetProperty,
    featureSchema,
    classes,
    weights,
    metrics: await evaluateNetwork({ shape, weights }, data.test, { signal, phase: 'training' }),
    history,
    bestEpoch,
    split,
    createdAt: options.createdAt,
  }
}
