/** Streams the graphs of a projection, scores those whose fingerprint is new, and writes the scores. */
import { NotFiniteError, throwIfInterrupted } from '../errors.ts'
import { loadBackend } from '../model/backend.ts'
import type { TrainedModel } from '../model/model.ts'
import { inHalves } from '../neo4j/in-halves.ts'
import { createScorer, type Scorer } from '../scoring/score.ts'
import type { WritableScore } from '../write-back/score-rows.ts'
import { type WriteResult, writeScorePage } from '../write-back/write-scores.ts'
import { type ChangeCounts, type ChangedGraph, changedGraphs } from './changed-graphs.ts'
import { prefetch } from './prefetch.ts'
import type { RunRecorder } from './run-recorder.ts'
import { scoringContext } from './scoring-context.ts'
import { type Source, sourcePages } from './source.ts'
import { measureEach, type Stopwatch } from './stopwatch.ts'
import type { SyncOptions } from './sync-options.ts'
import { nothingUnseen, warningsOf } from './unseen.ts'

export interface ScoringCounts extends Omit<ChangeCounts, 'unseen'> {
  graphCount: number
  failed: number
  nodePropertiesWritten: number
  warnings: string[]
}

export interface ScoringTask {
  /** `null` for a dry run without a model: every graph counts as not scored yet. */
  readonly model: TrainedModel | null
  readonly stopwatch: Stopwatch
  readonly run: RunRecorder
  readonly options: SyncOptions
}

/** One page is read ahead and one is being written while the current one is computed; no more is in memory. */
export async function scoreChangedGraphs(source: Source, task: ScoringTask): Promise<ScoringCounts> {
  const { model, stopwatch, run, options } = task
  const found: ChangeCounts = {
    nodeCount: 0,
    scored: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    problems: [],
    unseen: nothingUnseen(),
  }
  let graphCount = 0
  let nodePropertiesWritten = 0
  const { sharedMembers } = source.config.projection
  const context = model === null ? '' : scoringContext(model, source.config.writing)
  let backendWarning: string | undefined
  // One for all pages: what it compiles for the first serves the others.
  let scorer: Scorer | undefined
  let writing: Promise<void> = Promise.resolve()
  const write = async (scores: readonly WritableScore[], changed: readonly ChangedGraph[], trained: TrainedModel) => {
    await run.start()
    const written = await stopwatch.measure('write', () => writeScores(source, trained, options, scores))
    nodePropertiesWritten += written.nodePropertiesWritten
    for (const { key, message } of written.problems)
      for (const graph of changed) if (graph.encoded.key === key) countAsProblem(graph, message, found)
  }
  try {
    for await (const page of measureEach(stopwatch, 'read', prefetch(sourcePages(source)))) {
      throwIfInterrupted(options.signal, 'scoring')
      const changed = changedGraphs(page, model, { context, sharedMembers }, found)
      found.problems.push(...page.problems)
      graphCount += page.graphs.length + page.problems.length
      if (model !== null && !options.dryRun && changed.length > 0) {
        backendWarning = (await loadBackend()).warning
        const ready = scorer ?? createScorer(model)
        scorer = ready
        const scores = await stopwatch.measure('compute', () => score(ready, changed, found, options.signal))
        await writing
        writing = scores.length > 0 ? write(scores, changed, model) : Promise.resolve()
        // A failure surfaces at the next `await`; until then it must not count as unhandled.
        writing.catch(() => undefined)
      }
      options.onProgress?.('score', graphCount, source.summary.graphCount)
    }
  } finally {
    scorer?.dispose()
    await writing
  }
  const { unseen, ...counts } = found
  return {
    graphCount,
    ...counts,
    failed: counts.problems.length,
    nodePropertiesWritten,
    warnings: [...(backendWarning === undefined ? [] : [backendWarning]), ...warningsOf(unseen)],
  }
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
      const { fingerprint = '', hasStrayMasks = false } = graphs[i] ?? {}
      return { score: each, fingerprint, hasStrayMasks }
    })
  }
  const parts = await inHalves(changed, {
    work: scoresOf,
    failure: NotFiniteError,
    alone: (graph, { message }) => {
      countAsProblem(graph, message, counts)
      return []
    },
  })
  return parts.flat()
}

/** A graph that counted as scored, and is not after all. */
function countAsProblem({ encoded, isNew }: ChangedGraph, message: string, counts: ChangeCounts): void {
  counts.problems.push({ key: encoded.key, message })
  counts.scored--
  counts[isNew ? 'added' : 'changed']--
}

async function writeScores(
  { database, config, summary }: Source,
  model: TrainedModel,
  { now, runId, signal }: SyncOptions,
  scores: readonly WritableScore[],
): Promise<WriteResult> {
  const { projection, writing } = config
  return writeScorePage(database, scores, {
    projection,
    writing,
    model: `${model.name}:${model.version}`,
    runId,
    scoredAt: now().toISOString(),
    layers: model.options.layers,
    propertyKeys: summary.propertyKeys,
    signal,
  })
}
