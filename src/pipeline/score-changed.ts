/** Streams the graphs of a projection, scores those whose fingerprint is new, and writes the scores. */
import { changedSincePropertyOf } from '../config/graph-nodes.ts'
import type { Projection, WritingOptions } from '../config/schema.ts'
import { NotFiniteError, throwIfInterrupted } from '../errors.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import { loadBackend } from '../model/backend.ts'
import type { TrainedModel } from '../model/model.ts'
import { inHalves } from '../neo4j/in-halves.ts'
import { createScorer, type Scorer } from '../scoring/score.ts'
import type { WritableScore, WriteOptions } from '../write-back/score-rows.ts'
import { createScoreWriter, type ScoreWriter, type WriteResult } from '../write-back/write-scores.ts'
import { type ChangeCounts, type ChangedGraph, changedGraphs, noChanges, unencodedGraphs } from './changed-graphs.ts'
import type { RunRecorder } from './run-recorder.ts'
import { type Source, sourcePages } from './source.ts'
import { measureEach, type Stopwatch } from './stopwatch.ts'
import { fingerprintsWith } from './stored-fingerprints.ts'
import type { SyncOptions } from './sync-options.ts'
import type { SyncPlan } from './sync-plan.ts'
import { warningsOf } from './unseen.ts'
import { untouchedGraphs } from './untouched.ts'
import { createWorkInFlight } from './work-in-flight.ts'

export interface ScoringCounts extends Omit<ChangeCounts, 'unseen' | 'cutGraphs'> {
  graphCount: number
  failed: number
  /** Memberships of former members that were taken back with what was written about their graphs. */
  retracted: number
  nodePropertiesWritten: number
  warnings: string[]
}

export interface ScoringTask {
  /** `null` for a dry run without a model: every graph counts as not scored yet. */
  readonly model: TrainedModel | null
  readonly stopwatch: Stopwatch
  readonly run: RunRecorder
  /** Of a dry run: told of what would be scored, instead of scoring. */
  readonly plan?: SyncPlan | undefined
  readonly options: SyncOptions
}

/** Pages whose scores are being written, beside the one that is computed. */
export const pagesWritten = 2

/** While a page is computed, the next are read and the last are written; no more is in memory. */
export async function scoreChangedGraphs(source: Source, task: ScoringTask): Promise<ScoringCounts> {
  const { model, stopwatch, run, plan, options } = task
  const found = nothingFound()
  let graphCount = 0
  const { projection } = source.config
  const fingerprints = fingerprintsWith(model, source.config)
  const untouched = untouchedGraphs(fingerprints)
  // Whatever changes from here on may not be seen, so that the next sync has to look.
  const scoredAt = options.now().toISOString()
  let backendWarning: string | undefined
  // One for all pages: what they compile or wait for is theirs together.
  let scorer: Scorer | undefined
  let writer: ScoreWriter | undefined
  const writes = createWorkInFlight(pagesWritten)
  let waiting: ChangedGraph[] = []
  const scoreWaiting = async (trained: TrainedModel) => {
    const changed = waiting
    waiting = []
    backendWarning = (await loadBackend()).warning
    scorer ??= createScorer(trained)
    writer ??= createScoreWriter(source.database, writeOptions(source, trained, scoredAt, options))
    const [scoring, writing] = [scorer, writer]
    const scores = await stopwatch.measure('compute', () => score(scoring, changed, found, options.signal))
    if (scores.length > 0)
      await writes.start(async () => {
        await run.start()
        const written = await stopwatch.measure('write', () => writing.write(scores))
        countWritten(written, changed, found)
      })
  }
  try {
    for await (const page of measureEach(stopwatch, 'read', sourcePages(source, untouched.isRead))) {
      throwIfInterrupted(options.signal, 'scoring')
      found.problems.push(...page.problems)
      graphCount += page.graphs.length + page.problems.length
      const changed = model === null ? [] : changedGraphs(page, model, fingerprints, found)
      if (plan !== undefined) await plan.add(model === null ? unencodedGraphs(page, fingerprints, found) : changed)
      else waiting.push(...changed)
      if (model !== null && isWorthScoring(waiting, source.config.writing)) await scoreWaiting(model)
      options.onProgress?.('score', graphCount + untouched.count(), source.summary.graphCount)
    }
    if (model !== null && waiting.length > 0) await scoreWaiting(model)
  } finally {
    scorer?.dispose()
    await writes.end()
  }
  const { unseen, cutGraphs, outdated, ...counts } = found
  return {
    graphCount: graphCount + untouched.count(),
    ...counts,
    unchanged: counts.unchanged + untouched.count(),
    failed: counts.problems.length,
    warnings: [
      ...(backendWarning === undefined ? [] : [backendWarning]),
      ...untouched.warnings(changedSincePropertyOf(projection)),
      ...cutWarnings(cutGraphs, projection),
      ...warningsOf(unseen),
      ...(outdated.length > 0 ? [outdatedWarning(outdated)] : []),
    ],
  }
}

/** Members that are worth it by themselves, as a large graph is. */
const membersWorthScoring = 5000

/** The few changed graphs of many pages are scored and written together: a transaction takes long, however little is in it. */
function isWorthScoring(waiting: readonly ChangedGraph[], { pageSize }: WritingOptions): boolean {
  if (waiting.length >= pageSize / 2) return true
  return waiting.reduce((sum, { memberCount }) => sum + memberCount, 0) >= membersWorthScoring
}

/** Running counts over the pages. */
interface Found extends ChangeCounts {
  retracted: number
  nodePropertiesWritten: number
  /** Graphs that were changed while they were scored. */
  readonly outdated: Key[]
}

function nothingFound(): Found {
  return { ...noChanges(), retracted: 0, nodePropertiesWritten: 0, outdated: [] }
}

function countWritten(written: WriteResult, changed: readonly ChangedGraph[], found: Found): void {
  found.nodePropertiesWritten += written.nodePropertiesWritten
  found.retracted += written.formerCount
  found.outdated.push(...written.outdated)
  found.problems.push(...written.problems)
  const unwritten = new Set([...written.outdated, ...written.problems.map(({ key }) => key)])
  for (const graph of changed) if (unwritten.has(graph.key)) uncount(graph, found)
}

const outdatedShown = 5

function outdatedWarning(keys: readonly Key[]): string {
  const more = keys.length > outdatedShown ? ' and others' : ''
  return `${keys.length} graphs were changed while they were scored and keep what they had until the next sync: ${keys.slice(0, outdatedShown).map(keyText).join(', ')}${more}`
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

function cutWarnings(cutGraphs: number, projection: Projection): string[] {
  if (cutGraphs === 0 || projection.kind !== 'neighbourhood') return []
  const { maxNodes, hops } = projection
  return [`${cutGraphs} graphs have more than maxNodes ${maxNodes} nodes within ${hops} hops; the nearest were taken`]
}

function writeOptions(
  { config: { projection, writing }, summary }: Source,
  model: TrainedModel,
  scoredAt: string,
  { runId, signal }: SyncOptions,
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
