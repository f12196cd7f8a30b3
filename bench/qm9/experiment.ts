/** What both sides train on and how: the model of the paper for QM9, on a fixed sample of its molecules. */
import type { Config } from '../../src/config/schema.ts'
import type { Qm9Target } from '../../src/graph/qm9-types.ts'
import { splitWithoutClasses } from '../../src/graph/split.ts'
import { readDatasetGraphs } from '../../src/pipeline/evaluate/dataset-graphs.ts'
import type { EvaluationGraphs } from '../../src/pipeline/evaluate/encode-fold.ts'
import { knownGraphs } from '../../src/pipeline/evaluate/known-graphs.ts'
import type { FoldTask } from '../../src/pipeline/evaluate/protocol.ts'

export interface ExperimentOptions {
  /** QM9.zip, or the folder of its files. */
  readonly data: string
  readonly molecules: number
  readonly epochs: number
  /** Of initial weights and batches. Sample and split have seeds that stay. */
  readonly seed: number
  readonly signal: AbortSignal
}

export interface Experiment {
  readonly target: Qm9Target
  readonly config: Config
  readonly known: EvaluationGraphs
  readonly task: FoldTask
}

const sampleSeed = 42
const shares = { validationFraction: 0.1, testFraction: 0.1, randomSeed: 42 }

export async function readExperiment(target: Qm9Target, options: ExperimentOptions): Promise<Experiment> {
  const { data, molecules, epochs, seed, signal } = options
  const training = {
    epochs,
    patience: epochs,
    batchSize: 64,
    learningRate: 5e-4,
    learningRateDecay: { every: 30, factor: 0.8 },
  }
  const graphs = await readDatasetGraphs(
    data,
    { training },
    { target, limit: molecules, randomSeed: sampleSeed, signal },
  )
  const { known } = knownGraphs(graphs)
  const split = splitWithoutClasses([...known.tables.keys()], shares)
  return { target, config: graphs.config, known, task: { repeat: 1, fold: 1, randomSeed: seed, ...split } }
}
