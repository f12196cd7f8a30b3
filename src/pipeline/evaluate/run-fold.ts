/** Trains on one fold and keeps what comes of it in a file, from which a later call goes on. */
import type { Config } from '../../config/schema.ts'
import { SourceDataError } from '../../errors.ts'
import { graphsDigest } from '../../graph/graphs-digest.ts'
import { type FoldRecord, foldFormat, foldRecordSchema } from '../../model/fold-record.ts'
import { type FoldEpoch, trainFold } from '../../model/fold-training.ts'
import { truthOf } from '../../model/held-measures.ts'
import { sha256 } from '../../model/manifest.ts'
import { readSnapshot, writeSnapshot } from '../../model/snapshot-file.ts'
import { fitTargetScaling } from '../../model/targets.ts'
import { type EncodedFold, type EvaluationGraphs, encodeFold } from './encode-fold.ts'
import { validationChoice } from './epoch-choice.ts'
import { createLearner, type LearnerKind } from './learner.ts'
import type { FoldTask } from './protocol.ts'

export interface FoldRun {
  readonly kind: LearnerKind
  readonly graphs: EvaluationGraphs
  readonly task: FoldTask
  readonly config: Config
  /** Name and version of the backend. */
  readonly backend: string
  readonly file: string
  readonly signal?: AbortSignal | undefined
  /** Told the last epoch that is done: at the beginning where there was a record, and after each one. */
  readonly onEpoch?: ((epoch: number) => void) | undefined
  /** Time between two savings, at least. Default: 5000, or 50 times as long as one takes */
  readonly saveEveryMillis?: number | undefined
}

const shortestPauseMillis = 5000
const pausePerSaving = 50

/**
 * The record of a whole training, the same bit for bit however often it was ended on the way.
 *
 * @throws SourceDataError for graphs that cannot be encoded, or a file that is of another evaluation; SmgError if training
 * diverges; InterruptedError once the signal is aborted
 */
export async function runFold(run: FoldRun): Promise<FoldRecord> {
  const { graphs, task, config, file } = run
  const fold = encodeFold(graphs, task, config)
  const identity = identityOf(run, fold)
  const found = await existingRecord(file, identity)
  if (found !== null) run.onEpoch?.(found.epochs.length)
  if (found?.learner === null) return found
  const held = [...fold.validation, ...fold.test]
  const outputCount = graphs.numbers === null ? graphs.classes.length : 1
  const scaling = graphs.numbers === null ? null : fitTargetScaling(fold.train)
  const truth = truthOf(held, { outputCount, scaling })
  const training = { ...config.training, randomSeed: task.randomSeed }
  const learnerInput = { kind: run.kind, fold, held, options: config.model, training, outputCount }
  const validationCount = fold.validation.length
  const record = { format: foldFormat, identity, truth, validationCount } as const
  let startedAt = performance.now()
  let trainSeconds = found?.trainSeconds ?? 0
  const secondsSoFar = () => {
    const now = performance.now()
    trainSeconds += (now - startedAt) / 1000
    startedAt = now
    return trainSeconds
  }
  let dueAt = performance.now() + (run.saveEveryMillis ?? shortestPauseMillis)
  const epochs = await trainFold({
    options: config.training,
    learner: (from) => createLearner({ ...learnerInput, signal: run.signal }, from),
    from: found?.learner ? { epochs: found.epochs, learner: found.learner } : undefined,
    isOver: patienceWith(record, config.training.patience),
    onEpoch: async (epoch, state) => {
      run.onEpoch?.(epoch.epoch)
      const now = performance.now()
      if (now < dueAt) return
      await writeSnapshot(file, { ...record, ...state(), trainSeconds: secondsSoFar() } satisfies FoldRecord)
      const took = performance.now() - now
      dueAt = performance.now() + (run.saveEveryMillis ?? Math.max(shortestPauseMillis, pausePerSaving * took))
    },
  })
  const whole: FoldRecord = { ...record, epochs, learner: null, trainSeconds: secondsSoFar() }
  await writeSnapshot(file, whole)
  return whole
}

/** Over once so many epochs brought no lower validation loss; never without a validation part. */
function patienceWith({ truth, validationCount }: Pick<FoldRecord, 'truth' | 'validationCount'>, patience: number) {
  if (validationCount === 0) return undefined
  const choose = validationChoice({ truth, validationCount })
  return (epochs: readonly FoldEpoch[]) => epochs.length - choose(epochs) >= patience
}

/** Everything that decides the numbers of a record. */
function identityOf({ kind, task, config, backend, graphs }: FoldRun, fold: EncodedFold): string {
  const { modelName: _name, ...model } = config.model
  const settings = {
    format: foldFormat,
    kind,
    backend,
    model,
    training: config.training,
    seed: task.randomSeed,
    classes: graphs.classes,
  }
  const text = JSON.stringify(settings, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
  return sha256([text, ...[fold.train, fold.validation, fold.test].map(graphsDigest)].join('\n'))
}

async function existingRecord(file: string, identity: string): Promise<FoldRecord | null> {
  const found = await readSnapshot(file)
  if (found === undefined) return null
  const { data } = foldRecordSchema.safeParse(found)
  if (data === undefined || data.identity !== identity)
    throw new SourceDataError(
      `Cannot go on with ${file}: it is of another evaluation (other graphs, settings or version); take it away, or name another folder`,
    )
  return data
}
