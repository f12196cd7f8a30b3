/**
 * Trains a network: shuffled batches, Adam, validation after each epoch, the best epoch's weights kept.
 */
import type { EpochChoice, TrainingOptions } from '../config/schema.ts'
import { type Weights, weightsFromFlat } from './parameters.ts'
import type { TargetScaling } from './targets.ts'
import { createTrainingRun, type RunState, type TrainingRun, type TrainingRunInput } from './training-run.ts'
import { validationCost } from './validation-cost.ts'

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

/** The epoch that did best on the validation part so far (see validation-cost.ts). */
export interface BestEpoch {
  /** From 1; 0 before the first. */
  readonly epoch: number
  /** [P] */
  readonly parameters: Float32Array
}

/** All that training needs to go on after an epoch, and to end as if it had never stopped. */
export interface TrainingState extends RunState {
  /** Of all epochs so far. */
  readonly history: readonly EpochRecord[]
  readonly best: BestEpoch
}

export interface TrainingInput extends TrainingRunInput {
  readonly options: TrainingOptions
  /** What an earlier training with the same input was told by `onState`. Default: from the beginning */
  readonly from?: TrainingState | undefined
  /** Told after each epoch, and waited for. */
  readonly onState?: ((state: TrainingState) => Promise<void>) | undefined
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
 * The same input gives the same weights, bit for bit, on the same backend, however many cores there are, and whether it is
 * trained at once or goes on `from` a state in between.
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

async function trainEpochs(run: TrainingRun, input: TrainingInput): Promise<TrainingResult> {
  const { shape, options, from, onEpoch, onState } = input
  const { parameters, targetScaling } = run
  const history: EpochRecord[] = [...(from?.history ?? [])]
  let best: BestEpoch = from?.best ?? { epoch: 0, parameters: parameters.slice() }
  const costOf = (record: EpochRecord | undefined) =>
    record === undefined ? Number.POSITIVE_INFINITY : epochCost(options.epochChoice, record)
  for (let epoch = history.length + 1; epoch <= options.epochs && epoch - best.epoch <= options.patience; epoch++) {
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
    if (costOf(record) < costOf(history[best.epoch - 1])) best = { epoch, parameters: parameters.slice() }
    onEpoch?.(record)
    await onState?.({ ...run.state(), history: [...history], best })
  }
  return { weights: weightsFromFlat(shape, best.parameters), targetScaling, bestEpoch: best.epoch, history }
}

/** Of an epoch; the best one has the lowest. */
export function epochCost(epochChoice: EpochChoice, { validationLoss, validationAccuracy }: EpochRecord): number {
  return validationCost(epochChoice, { loss: validationLoss, accuracy: validationAccuracy })
}

/** Epochs count from 1. */
export function learningRateAt(
  epoch: number,
  { learningRate, learningRateDecay }: Pick<TrainingOptions, 'learningRate' | 'learningRateDecay'>,
): number {
  if (!learningRateDecay) return learningRate
  return learningRate * learningRateDecay.factor ** Math.floor((epoch - 1) / learningRateDecay.every)
}
