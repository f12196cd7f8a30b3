/** A published configuration, trained on one split of a part of its data set; kept in the user's cache for the next call. */
import { join } from 'node:path'
import type { Config } from '../../src/config/schema.ts'
import { createRandom, shuffled } from '../../src/graph/random.ts'
import type { SubgraphTable } from '../../src/graph/rows.ts'
import { keyText } from '../../src/graph/subgraph.ts'
import { graphProperties } from '../../src/graph/vocabulary.ts'
import { loadModel, saveModel, versionsOf } from '../../src/model/checkpoint.ts'
import type { TrainedModel } from '../../src/model/model.ts'
import { readDatasetGraphs } from '../../src/pipeline/evaluate/dataset-graphs.ts'
import { type EncodedFold, encodeFold } from '../../src/pipeline/evaluate/encode-fold.ts'
import { knownTargets } from '../../src/pipeline/known-targets.ts'
import { type TrainingData, trainedModel } from '../../src/pipeline/trained-model.ts'
import type { Experiment } from '../reproduce/experiment.ts'

/** What differs from the published training. */
export interface FigureTraining {
  /** Graphs of the data set that take part, chosen by the seed; all where there are no more. */
  readonly graphCount: number
  readonly epochs: number
  /** Smaller batches make more steps of an epoch, where there are fewer graphs or epochs than published. */
  readonly batchSize: number
}

export interface FigureModelOptions extends FigureTraining {
  /** Folder of the zips. */
  readonly data: string
  /** Where trained models are kept. */
  readonly cache: string
  readonly log: (line: string) => void
}

export interface FigureModel {
  readonly model: TrainedModel
  readonly config: Config
  readonly fold: EncodedFold
  /** Of all parts. */
  readonly graphCount: number
}

const seed = 1
const [validationFraction, testFraction] = [0.1, 0.2]

/** The model of the epoch with the lowest validation loss. */
export async function figureModel(
  { dataset, settings }: Experiment,
  { graphCount, epochs, batchSize, data, cache, log }: FigureModelOptions,
): Promise<FigureModel> {
  const own = { epochs, batchSize, patience: epochs, validationFraction, testFraction, randomSeed: seed }
  const { config, graphs } = await readDatasetGraphs(join(data, `${dataset}.zip`), {
    ...settings,
    training: { ...settings.training, ...own },
  })
  const tables = new Map(someOf(graphs, graphCount).map((table) => [table.key, table]))
  const { model: options, training, targetProperty } = config
  const { classes, numbers, split } = knownTargets(
    [...tables.values()].map(({ key, target }) => ({ key, values: [target] })),
    { targets: [targetProperty], task: options.task, training, vocabulary: graphProperties },
  )
  const fold = encodeFold({ tables, classes, numbers }, split, config)
  const directory = join(cache, [dataset, tables.size, epochs, batchSize].join('-'))
  if ((await versionsOf(directory, options.modelName)).length === 0)
    await saveModel(directory, await trained({ classes, split, ...fold }, config, log))
  return { model: await loadModel(directory, options.modelName), config, fold, graphCount: tables.size }
}

function someOf(graphs: readonly SubgraphTable[], count: number): readonly SubgraphTable[] {
  const keys = graphs.map(({ key }) => keyText(key)).sort()
  const chosen = new Set(shuffled(keys, createRandom(seed, 'figures')).slice(0, count))
  return graphs.filter(({ key }) => chosen.has(keyText(key)))
}

async function trained(data: TrainingData, config: Config, log: (line: string) => void): Promise<TrainedModel> {
  const { model: options, training, targetProperty, projection } = config
  const model = await trainedModel(data, {
    options,
    training,
    targets: [targetProperty],
    orientation: projection.orientation,
    signal: undefined,
    onEpoch: ({ epoch, trainLoss, validationLoss, validationAccuracy }) =>
      log(
        `${options.modelName}: epoch ${epoch} of ${training.epochs}, loss ${trainLoss.toFixed(3)}, of the validation part ${validationLoss.toFixed(3)}, accuracy ${validationAccuracy?.toFixed(3)}`,
      ),
  })
  return { ...model, version: '1', createdAt: new Date().toISOString() }
}
