/** Streams the graphs of a projection, scores those whose fingerprint is new, and writes the scores. */
import type { WritingOptions } from '../config/schema.ts'
import { NotFiniteError, throwIfInterrupted } from '../errors.ts'
import { loadBackend } from '../model/backend.ts'
import type { TrainedModel } from '../model/model.ts'
import { inHalves } from '../neo4j/in-halves.ts'
import { createScorer, type Scorer } from '../scoring/score.ts'
import type { WritableScore, WriteOptions } from '../write-back/score-rows.ts'
import { createScoreWriter, type ScoreWriter, type WriteResult } from '../write-back/write-scores.ts'
import { type ChangeCounts, type ChangedGraph, changedGraphs, unencodedGraphs } from './changed-graphs.ts'
import { nothingCounted, type RangeCounts } from './range-counts.ts'
import type { RunRecorder } from './run-recorder.ts'
import { type Source, sourcePages } from './source.ts'
import { measureEach, type Stopwatch } from './stopwatch.ts'
import { fingerprintsWith } from './stored-fingerprints.ts'
import type { SyncOptions } from './sync-options.ts'
import type { SyncPlan } from './sync-plan.ts'
import { untouchedGraphs } from './untouched.ts'
import { createWorkInFlight } from './work-in-flight.ts'

export interface ScoringTask {
  /** `null` for a dry run without a model: every graph counts as not scored yet. */
  readonly model: TrainedModel | null
  /** Told before each writing. */
  readonly run: Pick<RunRecorder, 'start'>
  /** Of a dry run: told of what would be scored, instead of scoring. */
  readonly plan?: SyncPlan | undefined
  readonly options: ScoringOptions
}

export type ScoringOptions = Pick<SyncOptions, 'now' | 'runId' | 'signal' | 'onProgress' | 'onNotice'>

/** Pages whose scores are being written, beside the one that is computed. */
export const pagesWritten = 2

/** Of the source's range. While a page is computed, the next are read and the last are written; no more is in memory. */
export async function scoreChangedGraphs(
  source: Source,
  { model, run, plan, options }: ScoringTask,
  stopwatch: Stopwatch,
): Promise<RangeCounts> {
  const found = nothingCounted()
  const fingerprints = fingerprintsWith(model, source.config)
  const untouched = untouchedGraphs(fingerprints)
  // Whatever changes from here on may not be seen, so that the next sync has to look.
  const scoredAt = options.now().toISOString()
  // One for all pages: what they compile or wait for is theirs together.
  let scorer: Scorer | undefined
  let writer: ScoreWriter | undefined
  const writes = createWorkInFlight(pagesWritten)
  let waiting: ChangedGraph[] = []
  // Read and changed, but not written yet.
  let unwritten = 0
  const report = () =>
    options.onProgress?.('score', found.graphCount + untouched.found().untouched - unwritten, source.summary.graphCount)
  const scoreWaiting = async (trained: TrainedModel) => {
    const changed = waiting
    waiting = []
    found.backendWarning = (await loadBackend()).warning ?? null
    scorer ??= createScorer(trained)
    writer ??= createScoreWriter(source.database, writeOptions(source, trained, scoredAt, options))
    const [scoring, writing] = [scorer, writer]
    const scores = await stopwatch.measure('compute', () => score(scoring, changed, found, options.signal))
    await writes.start(async () => {
      if (scores.length > 0) {
        await run.start()
        const written = await stopwatch.measure('write', () => writing.write(scores))
        countWritten(written, changed, found)
      }
      unwritten -= changed.length
      report()
    })
  }
  try {
    for await (const page of measureEach(stopwatch, 'read', sourcePages(source, untouched.isRead))) {
      throwIfInterrupted(options.signal, 'scoring')
      found.problems.push(...page.problems)
      found.graphCount += page.graphs.length + page.problems.length
      const changed = model === null ? [] : changedGraphs(page, model, fingerprints, found)
      if (plan !== undefined) await plan.add(model === null ? unencodedGraphs(page, fingerprints, found) : changed)
      else {
        waiting.push(...changed)
        unwritten += changed.length
      }
      if (model !== null && isWorthScoring(waiting, source.config.writing)) await scoreWaiting(model)
      report()
    }
    if (model !== null && waiting.length > 0) await scoreWaiting(model)
  } finally {
    scorer?.dispose()
    await writes.end()
  }
  const unread = untouched.found()
  return {
    ...found,
    ...unread,
    graphCount: found.graphCount + unread.untouched,
    unchanged: found.unchanged + unread.untouched,
  }
}

/** Members that are worth it by themselves, as a large graph is. */
const membersWorthScoring = 5000

/** The few changed graphs of many pages are scored and written together: a transaction takes long, however little is in it. */
function isWorthScoring(waiting: readonly ChangedGraph[], { pageSize }: WritingOptions): boolean {
  if (waiting.length >= pageSize / 2) return true
  return waiting.reduce((sum, { memberCount }) => sum + memberCount, 0) >= membersWorthScoring
}

function countWritten(written: WriteResult, changed: readonly ChangedGraph[], found: RangeCounts): void {
  found.nodePropertiesWritten += written.nodePropertiesWritten
  found.retracted += written.formerCount
  found.outdated.push(...written.outdated)
  found.problems.push(...written.problems)
  const unwritten = new Set([...written.outdated, ...written.problems.map(({ key }) => key)])
  for (const graph of changed) if (unwritten.has(graph.key)) uncount(graph, found)
}

/** Graphs without finite scores become problems. */
async function score(
  scorer: Scorer,
  changed: readonly ChangedGraph[],
  counts: ChangeCounts,
  signal: AbortSignal | undefined,
): Promise<WritableScore[]> {
  const scoresOf = async (graphs: readonly ChangedGraph[]) => {
    const scores = await scorer.score(
      graphs.map(({ encoded }) => encoded),
      { signal },
    )
    return scores.map((each, i) => {
      const { fingerprint = '', hasStrayMasks = false, memberIds } = graphs[i] ?? {}
      return { score: each, fingerprint, hasStrayMasks, memberIds }
    })
  }
  const parts = await inHalves(changed, {
    work: scoresOf,
    failure: NotFiniteError,
    alone: (graph, { message }) => {
      counts.problems.push({ key: graph.key, message })
      uncount(graph, counts)
      return []
    },
  })
  return parts.flat()
}

/** A graph that counted as scored, and is not after all. */
function uncount({ isNew }: ChangedGraph, counts: ChangeCounts): void {
  counts.scored--
  counts[isNew ? 'added' : 'changed']--
}

function writeOptions(
  { config: { projection, writing }, summary }: Source,
  model: TrainedModel,
  scoredAt: string,
  { runId, signal }: ScoringOptions,
): WriteOptions {
  return {
    projection,
    writing,
    model: `${model.name}:${model.version}`,
    runId,
    scoredAt,
    layers: model.options.layers,
    propertyKeys: summary.propertyKeys,
    signal,
  }
}
