/** Training that keeps a checkpoint on disk, and goes on from the one that an earlier attempt left there. */
import { InterruptedError, messageOf } from '../errors.ts'
import { type TrainingInput, type TrainingResult, type TrainingState, trainNetwork } from './train.ts'
import { readTrainingCheckpoint, saveTrainingCheckpoint, type TrainingIdentity } from './training-checkpoint.ts'

export interface Checkpointing {
  readonly file: string
  /** Asked for when a checkpoint is there or due: it takes a look at all data. */
  readonly identity: () => TrainingIdentity
  /** Told the last epoch of the attempt that is gone on with. */
  readonly onResume: (epoch: number) => void
  /** Told in a sentence why a checkpoint is not used, or cannot be saved. */
  readonly onNotice: (sentence: string) => void
  /**
   * Time between two checkpoints, at least; what is trained in it is lost to a crash. Default: 1000, or 50 times as long as
   * it takes to save one
   */
  readonly saveEveryMillis?: number | undefined
}

const shortestPauseMillis = 1000
const pausePerSaving = 50

/**
 * As {@link trainNetwork}, to the same weights, bit for bit, however often it is ended and called again. An interrupted
 * training leaves a checkpoint of its last whole epoch. One that is damaged, or of another training, is left behind, with a
 * notice. The file stays when training has ended: it goes when the model is safe.
 */
export async function trainResumably(
  input: Omit<TrainingInput, 'from' | 'onState'>,
  { file, identity, onResume, onNotice, saveEveryMillis }: Checkpointing,
): Promise<TrainingResult> {
  let known: TrainingIdentity | undefined
  const identityOnce = () => {
    known ??= identity()
    return known
  }
  const found = await readTrainingCheckpoint(file, identityOnce, input.shape)
  if (found !== null && 'unusable' in found)
    onNotice(`Cannot go on with the training in ${file}: ${found.unusable}; it starts afresh`)
  const from = found !== null && 'state' in found ? found.state : undefined
  if (from !== undefined) onResume(from.history.length)

  let unsaved: TrainingState | undefined
  let dueAt = performance.now() + (saveEveryMillis ?? shortestPauseMillis)
  let failed = false
  const save = async (state: TrainingState) => {
    unsaved = undefined
    const own = identityOnce()
    const startedAt = performance.now()
    try {
      await saveTrainingCheckpoint(file, own, state)
    } catch (thrown) {
      if (!failed)
        onNotice(`Cannot save the checkpoint ${file}: ${messageOf(thrown)}; training goes on, but could not be resumed`)
      failed = true
    }
    const now = performance.now()
    dueAt = now + (saveEveryMillis ?? Math.max(shortestPauseMillis, pausePerSaving * (now - startedAt)))
  }
  const onState = async (state: TrainingState) => {
    unsaved = state
    if (performance.now() >= dueAt) await save(state)
  }
  try {
    return await trainNetwork({ ...input, from, onState })
  } catch (thrown) {
    if (thrown instanceof InterruptedError && unsaved !== undefined) await save(unsaved)
    throw thrown
  }
}
