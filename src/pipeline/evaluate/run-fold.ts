/** Trains on one fold and keeps what comes of it in a file, from which a later call goes on. */
import type { Config } from '../../config/schema.ts'
import { type FoldRecord, foldFormat } from '../../model/fold-record.ts'
import { trainFold } from '../../model/fold-training.ts'
import { truthOf } from '../../model/held-measures.ts'
import { writeSnapshot } from '../../model/snapshot-file.ts'
import { fitTargetScaling } from '../../model/targets.ts'
import { type EvaluationGraphs, encodeFold } from './encode-fold.ts'
import { endedTrainings, existingRecord, type RecordFile } from './ended-trainings.ts'
import { createLearner, type LearnerKind } from './learner.ts'
import type { FoldTask } from './protocol.ts'
import { endedTraining, trainingEnd } from './training-end.ts'

export interface FoldRun extends RecordFile {
  readonly kind: LearnerKind
  readonly graphs: EvaluationGraphs
  readonly task: FoldTask
  readonly config: Config
  /** Records of trainings with other settings on the same fold, which are over. */
  readonly rivals: readonly RecordFile[]
  /** Whether outputs for the graphs that are trained on are kept as well: half again as much work. */
  readonly withTrainingCurve: boolean
  readonly signal?: AbortSignal | undefined
  /** Told the last epoch that is done: at the beginning where there was a record, and after each one. */
  readonly onEpoch?: ((epoch: number) => void) | undefined
  /** Time between two savings, at least. Default: 5000, or 50 times as long as one takes */
  readonly saveEveryMillis?: number | undefined
}

const shortestPauseMillis = 5000
const pausePerSaving = 50

/**
 * Leaves the record of a whole training, the same bit for bit however often it was ended on the way.
 *
 * @throws SourceDataError for graphs that cannot be encoded; SmgError if training diverges; InterruptedError once the signal is
 * aborted
 */
export async function runFold(run: FoldRun): Promise<void> {
  const { graphs, task, config, file, identity } = run
  const { epochs, patience, epochChoice } = config.training
  const { rivals } = await endedTrainings(run.rivals, config.training)
  const rule = { epochs, patience, epochChoice, rivals }
  const found = await existingRecord(run)
  if (found !== null) run.onEpoch?.(found.epochs.length)
  if (found !== null && endedTraining(found, rule) !== null) return
  const fold = encodeFold(graphs, task, config)
  const held = [...fold.validation, ...fold.test, ...(run.withTrainingCurve ? fold.train : [])]
  const outputCount = graphs.numbers === null ? graphs.classes.length : 1
  const scaling = graphs.numbers === null ? null : fitTargetScaling(fold.train)
  const truth = truthOf(held, { outputCount, scaling })
  const training = { ...config.training, randomSeed: task.randomSeed }
  const learnerInput = { kind: run.kind, fold, held, options: config.model, training, outputCount, scaling }
  const [validationCount, testCount] = [fold.validation.length, fold.test.length]
  const record = { format: foldFormat, identity, truth, validationCount, testCount } as const
  let startedAt = performance.now()
  let trainSeconds = found?.trainSeconds ?? 0
  const secondsSoFar = () => {
    const now = performance.now()
    trainSeconds += (now - startedAt) / 1000
    startedAt = now
    return trainSeconds
  }
  let dueAt = performance.now() + (run.saveEveryMillis ?? shortestPauseMillis)
  const endOf = trainingEnd(record, rule)
  const state = await trainFold({
    options: config.training,
    learner: (from) => createLearner({ ...learnerInput, signal: run.signal }, from),
    from: found ?? undefined,
    isOver: (epochs) => endOf(epochs) !== null,
    onEpoch: async (epoch, stateNow) => {
      run.onEpoch?.(epoch.epoch)
      const now = performance.now()
      if (now < dueAt) return
      await writeSnapshot(file, { ...record, ...stateNow(), trainSeconds: secondsSoFar() } satisfies FoldRecord)
      const took = performance.now() - now
      dueAt = performance.now() + (run.saveEveryMillis ?? Math.max(shortestPauseMillis, pausePerSaving * took))
    },
  })
  await writeSnapshot(file, { ...record, ...state, trainSeconds: secondsSoFar() } satisfies FoldRecord)
}
