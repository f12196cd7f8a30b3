/** How long an epoch takes: a few batches are learned for nothing. */
import type { Config } from '../../config/schema.ts'
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { createTrainingRun } from '../../model/training-run.ts'
import type { TrialNetwork } from './trial-network.ts'

export interface TrainingTrial {
  /** What the first batches take more than others. */
  readonly firstTrainMillis: number
  readonly trainMillisPerGraph: number
  readonly validateMillisPerGraph: number
}

const mostBatches = 8

/** Where there is nothing to train. */
export const noTraining: TrainingTrial = { firstTrainMillis: 0, trainMillisPerGraph: 0, validateMillisPerGraph: 0 }

export async function trainingTrial(
  config: Config,
  { network }: TrialNetwork,
  {
    graphs,
    targets,
    signal,
  }: {
    readonly graphs: readonly EncodedGraph[]
    /** Numbers to learn, in a regression. */
    readonly targets: ReadonlyMap<EncodedGraph['key'], number>
    readonly signal: AbortSignal | undefined
  },
): Promise<TrainingTrial> {
  const { training, model } = config
  const usable =
    model.task === 'regression'
      ? graphs.flatMap((graph) => {
          const target = targets.get(graph.key)
          return target === undefined ? [] : [{ ...graph, targets: [target] }]
        })
      : graphs.filter(({ y }) => y !== null)
  // Of the whole sample, as graphs that were imported together are alike.
  const step = Math.max(1, usable.length / (mostBatches * training.batchSize))
  const some = usable.filter((_, i) => Math.floor(i / step) > Math.floor((i - 1) / step))
  if (some.length === 0) return noTraining
  const run = createTrainingRun({
    shape: network.shape,
    dropout: model.dropout,
    options: training,
    train: some,
    validation: some,
    signal,
  })
  const state = { epoch: 1, learningRate: training.learningRate }
  try {
    const first = await millisOf(() => run.epoch(state))
    const next = await millisOf(() => run.epoch(state))
    await run.validate(state)
    return {
      firstTrainMillis: Math.max(0, first - next),
      trainMillisPerGraph: next / some.length,
      validateMillisPerGraph: (await millisOf(() => run.validate(state))) / some.length,
    }
  } finally {
    run.dispose()
  }
}

async function millisOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
