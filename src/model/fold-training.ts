/**
 * Training on one fold of a cross-validation. After each epoch the network is asked about all graphs that are held out, and what
 * it says is kept: every measure, at every epoch, comes from that later.
 */
import type { TrainingOptions } from '../config/schema.ts'
import { learningRateAt } from './train.ts'
import type { EpochState, RunState } from './training-run.ts'

/** All that changes while a network learns; `statistics`: those of batch normalisations, where there are some. */
export type LearnerState = RunState & { readonly statistics?: Float32Array | undefined }

/** A network that learns; `S` is all that changes while it does. */
export interface Learner<S> {
  /** One pass over the training graphs; the mean loss. */
  epoch(state: EpochState): Promise<number>
  /** Of the graphs that are held out, in their order. [G, C] */
  heldOutputs(): Promise<Float32Array>
  /** A copy, to be taken between two epochs. */
  state(): S
  dispose(): void
}

export interface FoldEpoch {
  /** From 1. */
  readonly epoch: number
  readonly learningRate: number
  /** Mean over the training graphs, with dropout, while the weights changed. */
  readonly trainLoss: number
  /** Logits, or standardised values. [G, C] */
  readonly outputs: Float32Array
}

/** A fold as it stands after an epoch. */
export interface FoldState<S> {
  readonly epochs: readonly FoldEpoch[]
  readonly learner: S
}

export interface FoldTraining<S> {
  readonly options: Pick<TrainingOptions, 'epochs' | 'learningRate' | 'learningRateDecay'>
  /** Makes the learner, to begin with or to go on from a state. */
  readonly learner: (from: S | undefined) => Learner<S>
  readonly from?: FoldState<S> | undefined
  /** Whether training is over before its last epoch, told after each one. Default: never */
  readonly isOver?: ((epochs: readonly FoldEpoch[]) => boolean) | undefined
  /** Told after each epoch, and waited for; `state` takes a copy of the learner. */
  readonly onEpoch?: ((epoch: FoldEpoch, state: () => FoldState<S>) => Promise<void>) | undefined
}

/**
 * The fold after its last epoch, with those before `from`: the same, bit for bit, whether trained at once or gone on with.
 *
 * @throws SmgError if training diverges; InterruptedError as the learner does
 */
export async function trainFold<S>({
  options,
  learner,
  from,
  isOver = () => false,
  onEpoch,
}: FoldTraining<S>): Promise<FoldState<S>> {
  const epochs = [...(from?.epochs ?? [])]
  const made = learner(from?.learner)
  try {
    while (epochs.length < options.epochs && !isOver(epochs)) {
      const epoch = epochs.length + 1
      const state = { epoch, learningRate: learningRateAt(epoch, options) }
      const trainLoss = await made.epoch(state)
      const record = { ...state, trainLoss, outputs: await made.heldOutputs() }
      epochs.push(record)
      await onEpoch?.(record, () => ({ epochs: [...epochs], learner: made.state() }))
    }
    return { epochs, learner: made.state() }
  } finally {
    made.dispose()
  }
}
