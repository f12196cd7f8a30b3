/**
 * Trains a network: shuffled batches, Adam, validation after each epoch, the best epoch's weights kept.
 *
 * The best epoch is the one with the lowest validation loss. Validation parts can be tiny (19 graphs of MUTAG), where
 * accuracy moves in steps of 5 points and is the same for many epochs; the loss tells them apart.
 */
import type { TrainingOptions } from '../config/schema.ts'
import { type Weights, weightsFromFlat } from './parameters.ts'
import type { TargetScaling } from './targets.ts'
import { createTrainingRun, type TrainingRun, type TrainingRunInput } from './training-run.ts'

export interface EpochRecord {
  /** From 1. */
  readonly epoch: number
  readonly learningRate: number
  /** Mean loss over the training graphs, with dropout, while the weights changed: cross-entropy in nats, or squared error of standardised targets. */
  readonly trainLoss: number
  readonly validationLoss: number
  /** Share of graphs, or `null` for a regression. */
  readonly validationAccuracy: number | null
  /** In the targets' own units, mean over targets; `null` for classes. */
  readonly validationMeanAbsoluteError: number | null
}

export interface TrainingInput extends TrainingRunInput {
  readonly options: TrainingOptions
  /** Told after each epoch. */
  readonly onEpoch?: ((record: EpochRecord) => void) | undefined
}

export interface TrainingResult {
  /** Of the best epoch. */
  readonly weights: Weights
  /** `null` for classes. */
  readonly targetScaling: TargetScaling | null
  readonly bestEpoch: number
  readonly history: readonly EpochRecord[]
}

/**
 * The same input gives the same weights, bit for bit, on the same backend, however many cores there are.
 *
 * @throws SmgError if the loss or the gradient is not finite, with the cause; InterruptedError once the signal is aborted;
 * RangeError if there is nothing to train or validate on.
 */
export async function trainNetwork(input: TrainingInput): Promise<TrainingResult> {
  const { train, validation } = input
  if (train.length === 0 || validation.length === 0)
    throw new RangeError(`Cannot train: got ${train.length} training and ${validation.length} validation graphs`)
  const run = createTrainingRun(input)
  try {
    return await trainEpochs(run, input)
  } finally {
    run.dispose()
  }
}

async function trainEpochs(run: TrainingRun, { shape, options, onEpoch }: TrainingInput): Promise<TrainingResult> {
  const { parameters, targetScaling } = run
  const history: EpochRecord[] = []
  let best = { epoch: 0, loss: Number.POSITIVE_INFINITY, parameters: parameters.slice() }
  for (let epoch = 1; epoch <= options.epochs && epoch - best.epoch <= options.patience; epoch++) {
    const state = { epoch, learningRate: learningRateAt(epoch, options) }
    const trainLoss = await run.epoch(state)
    const { loss, accuracy, meanAbsoluteError } = await run.validate(state)
    const record = {
      ...state,
      trainLoss,
      validationLoss: loss,
      validationAccuracy: accuracy,
      validationMeanAbsoluteError: meanAbsoluteError,
    }
    history.push(record)
    if (loss < best.loss) best = { epoch, loss, parameters: parameters.slice() }
    onEpoch?.(record)
  }
  return { weights: weightsFromFlat(shape, best.parameters), targetScaling, bestEpoch: best.epoch, history }
}

function learningRateAt(epoch: number, { learningRate, learningRateDecay }: TrainingOptions): number {
  if (!learningRateDecay) return learningRate
  return learningRate * learningRateDecay.factor ** Math.floor((epoch - 1) / learningRateDecay.every)
}
