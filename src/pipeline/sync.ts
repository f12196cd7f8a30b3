/** The main job: train if there is no model, score what is new or changed, retract what is gone, write back. */
import type { Config } from '../config/schema.ts'
import type { GraphProblem } from '../graph/graph-problem.ts'
import { inProcessEngine } from '../jobs/in-process-engine.ts'
import type { MaskQuality } from '../model/mask-quality/mask-quality.ts'
import { networkShapeOf, type TrainedModel } from '../model/model.ts'
import { embeddingSize } from '../model/network-shape.ts'
import { type ReportedMetrics, reportedMetrics } from '../model/reported-metrics.ts'
import type { Database } from '../neo4j/database.ts'
import { findLastRun, forgetChanges, recordAbandonedRuns } from '../write-back/catalog.ts'
import { ensureEmbeddingIndex, ensureKeyIndexes } from '../write-back/indexes.ts'
import { embeddingIndexName } from '../write-back/properties.ts'
import { mayHaveLeft, retractFormerMembers } from '../write-back/retract.ts'
import { promote } from './current-model.ts'
import { requireMaskQuality } from './mask-quality/require-mask-quality.ts'
import { obtainModel } from './obtain-model.ts'
import { preflight } from './preflight.ts'
import { withProjectionLock } from './projection-lock.ts'
import { rangeWarnings } from './range-counts.ts'
import { createRunRecorder } from './run-recorder.ts'
import { saveConfiguration } from './save-configuration.ts'
import { scoreInParts } from './score-parts.ts'
import { scoreRange } from './score-range.ts'
import type { Source } from './source.ts'
import { createStopwatch, type Stopwatch } from './stopwatch.ts'
import type { SyncOptions } from './sync-options.ts'
import { createSyncPlan, type PlannedSync } from './sync-plan.ts'

/** Counts and times; `metrics` are those of the model's held-out test part. */
export interface SyncResult extends Partial<PlannedSync> {
  /** `null` where there was nothing to write, and so no run. */
  readonly runId: string | null
  /** "name:version"; `null` for a dry run without a model. */
  readonly model: string | null
  readonly trained: boolean
  /** Last epoch of the attempt that was ended before and gone on with; `null` where there was none. */
  readonly resumedFromEpoch: number | null
  readonly dryRun: boolean
  readonly graphCount: number
  readonly nodeCount: number
  readonly scored: number
  /** Of `scored`: graphs that had no score before. */
  readonly added: number
  /** Of `scored`: graphs whose fingerprint differs from the one stored. */
  readonly changed: number
  readonly unchanged: number
  /** Former members whose masks were taken back. */
  readonly retracted: number
  readonly failed: number
  /** Of a dry run: those that would be. */
  readonly nodePropertiesWritten: number
  readonly readMillis: number
  readonly trainMillis: number
  readonly computeMillis: number
  readonly writeMillis: number
  readonly totalMillis: number
  readonly metrics: ReportedMetrics | null
  /** Of the model's masks on its held-out test part; `null` where they were not measured. */
  readonly maskQuality: MaskQuality | null
  /** The graphs that failed. */
  readonly problems: readonly GraphProblem[]
  readonly warnings: readonly string[]
}

/**
 * Brings the scores in the database up to date with its graphs.
 *
 * @throws ConfigError, SourceDataError, DatabaseError, ModelFileError as the phases say; SmgError while another run is at work
 * on the same projection, and for a model whose masks miss the minimum that the configuration sets; InterruptedError once the signal is
 * aborted: the graphs written so far are whole, and the next call does the rest
 */
export async function sync(database: Database, config: Config, options: SyncOptions): Promise<SyncResult> {
  const stopwatch = createStopwatch()
  const source: Source = { database, config, summary: await preflight(database, config), signal: options.signal }
  if (options.dryRun === true) return bringUpToDate(source, options, stopwatch)
  const lock = {
    projection: config.projection.name,
    run: options.runId,
    owner: lockOwnerOf(options),
    signal: options.signal,
    onWait: options.lockWait === true ? () => options.onProgress?.('wait', 0, 1) : undefined,
  }
  return withProjectionLock(database, lock, (signal) =>
    bringUpToDate({ ...source, signal }, { ...options, signal }, stopwatch),
  )
}

function lockOwnerOf({ lockOwner, runId }: SyncOptions): string {
  return lockOwner ?? runId
}

async function bringUpToDate(source: Source, options: SyncOptions, stopwatch: Stopwatch): Promise<SyncResult> {
  const { database, config } = source
  const { dryRun = false, engine = inProcessEngine(1) } = options
  const { projection, writing } = config
  if (!dryRun) {
    const finishedAt = options.now().toISOString()
    const abandoned = { projection: projection.name, runId: options.runId, finishedAt }
    for (const runId of await recordAbandonedRuns(database, abandoned)) await engine.forget(runId)
    await ensureKeyIndexes(database, projection, writing.prefix)
  }
  const { model, trained, resumedFromEpoch, isCurrent } = await obtainModel(source, options, stopwatch)
  if (model !== null) {
    requireMaskQuality(model, config)
    if (!isCurrent && !dryRun) await promote(database, model)
  }
  const last = await findLastRun(database, projection.name)
  const run = createRunRecorder(source, model, options)
  try {
    const plan = dryRun ? createSyncPlan(source) : undefined
    const task = { model, run, plan, options }
    const { counts, ...millis } = dryRun
      ? await scoreRange(source, task)
      : await scoreInParts(source, task, engine, lockOwnerOf(options))
    const isLeft = mayHaveLeft(last, { ...counts, failed: counts.problems.length })
    const ofGone =
      isLeft && !dryRun
        ? await stopwatch.measure('write', () => retractFormerMembers(database, projection, writing.prefix))
        : 0
    const warnings = [
      ...rangeWarnings(counts, projection),
      ...(dryRun || model === null ? [] : await indexEmbeddings(source, model)),
    ]
    const result: SyncResult = {
      runId: run.isStarted() ? options.runId : null,
      model: model === null ? null : `${model.name}:${model.version}`,
      trained,
      resumedFromEpoch,
      dryRun,
      graphCount: counts.graphCount,
      nodeCount: counts.nodeCount,
      scored: counts.scored,
      added: counts.added,
      changed: counts.changed,
      unchanged: counts.unchanged,
      failed: counts.problems.length,
      problems: counts.problems,
      nodePropertiesWritten: counts.nodePropertiesWritten,
      warnings,
      retracted: counts.retracted + ofGone,
      readMillis: stopwatch.millis('read') + millis.readMillis,
      trainMillis: stopwatch.millis('train'),
      computeMillis: millis.computeMillis,
      writeMillis: stopwatch.millis('write') + millis.writeMillis,
      totalMillis: stopwatch.totalMillis(),
      metrics: model === null ? null : reportedMetrics(model.metrics),
      maskQuality: model?.maskQuality ?? null,
      ...(await plan?.end(model, isLeft)),
    }
    // The start of a run has kept it.
    if (!dryRun && !run.isStarted()) await saveConfiguration(source, options.now())
    await run.finish(result)
    if (run.isStarted()) await forgetChanges(database, projection.name, writing.keptRuns)
    return result
  } catch (thrown) {
    await run.fail(thrown)
    throw thrown
  }
}

/** A warning where the vector index cannot be searched yet. */
async function indexEmbeddings({ database, config }: Source, model: TrainedModel): Promise<string[]> {
  const { projection, writing } = config
  const dimensions = embeddingSize(networkShapeOf(model))
  if (await ensureEmbeddingIndex(database, projection, writing.prefix, dimensions)) return []
  const index = embeddingIndexName(writing.prefix, projection.name)
  return [`The server is still filling the vector index '${index}'; SHOW INDEXES tells when it is ONLINE`]
}
