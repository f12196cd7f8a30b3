/** A scoring run's node in the catalog, made when the first score is about to be written. */
import { InterruptedError, messageOf } from '../errors.ts'
import type { TrainedModel } from '../model/model.ts'
import { recordRunEnd, recordRunStart } from '../write-back/catalog.ts'
import { maskQualityProperties } from './mask-quality/mask-quality-properties.ts'
import { saveConfiguration } from './save-configuration.ts'
import type { Source } from './source.ts'
import type { SyncOptions } from './sync-options.ts'

export interface RunRecorder {
  isStarted(): boolean
  /** Records the run; harmless when repeated. */
  start(): Promise<void>
  /** Records a complete run with its counts. */
  finish(counts: object): Promise<void>
  /** Records the failure where the database still answers; the failure itself is for the caller to throw. */
  fail(thrown: unknown): Promise<void>
}

export function createRunRecorder(
  source: Source,
  model: TrainedModel | null,
  { now, runId, dryRun = false }: Pick<SyncOptions, 'now' | 'runId' | 'dryRun'>,
): RunRecorder {
  const { database, config } = source
  let started = false
  let starting: Promise<void> | undefined
  const end = async (
    status: 'FINISHED' | 'FAILED' | 'CANCELED',
    properties: Record<string, bigint | string | null>,
  ) => {
    // Also where this attempt had nothing to write: an earlier one at the same run may have died after its last graph.
    if (!dryRun) await recordRunEnd(database, runId, { status, finishedAt: now().toISOString(), properties })
  }
  const begin = async () => {
    if (model === null) return
    await saveConfiguration(source, now())
    await recordRunStart(database, {
      runId,
      projection: config.projection.name,
      modelName: model.name,
      modelVersion: model.version,
      startedAt: now().toISOString(),
      properties: maskQualityProperties(model.maskQuality),
    })
    started = true
  }
  return {
    isStarted: () => started,
    start: () => {
      starting ??= begin()
      return starting
    },
    // An earlier attempt at the same run may have left its error.
    finish: (counts) => end('FINISHED', { ...integersOf(counts), error: null }),
    fail: (thrown) =>
      end(thrown instanceof InterruptedError ? 'CANCELED' : 'FAILED', { error: messageOf(thrown) }).catch(
        () => undefined,
      ),
  }
}

/** The counts and times of a result as INTEGERs. */
function integersOf(counts: object): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, value]) => (typeof value === 'number' ? [[name, BigInt(value)]] : [])),
  )
}
