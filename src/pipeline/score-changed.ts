/** Streams the graphs of a projection, scores those whose fingerprint is new, and writes the scores. */
import { createHash } from 'node:crypto'
import { throwIfInterrupted } from '../errors.ts'
import { encodeGraph } from '../graph/encode.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { fingerprintOf } from '../graph/fingerprint.ts'
import { loadBackend } from '../model/backend.ts'
import type { TrainedModel } from '../model/model.ts'
import { type Score, scoreGraphs } from '../scoring/score.ts'
import { writtenProperties } from '../write-back/properties.ts'
import { type WritableScore, type WriteResult, writeScorePage } from '../write-back/write-scores.ts'
import { prefetch } from './prefetch.ts'
import type { RunRecorder } from './run-recorder.ts'
import { collectProblem, type GraphProblem, type Source, type SourcePage, sourcePages } from './source.ts'
import { measureEach, type Stopwatch } from './stopwatch.ts'
import type { SyncOptions } from './sync-options.ts'

export interface ScoringCounts {
  graphCount: number
  nodeCount: number
  scored: number
  added: number
  changed: number
  unchanged: number
  failed: number
  nodePropertiesWritten: number
  problems: GraphProblem[]
  warnings: string[]
}

export interface ScoringTask {
  /** `null` for a dry run without a model: every graph counts as not scored yet. */
  readonly model: TrainedModel | null
  readonly stopwatch: Stopwatch
  readonly run: RunRecorder
  readonly options: SyncOptions
}

interface ChangedGraph {
  readonly encoded: EncodedGraph
  readonly fingerprint: string
}

/** Edges and values that the model does not see, for the warnings. */
interface Unseen {
  parallelEdges: number
  selfLoops: number
  unseenCategories: number
}

/** One page is read ahead and one is being written while the current one is computed; no more is in memory. */
export async function scoreChangedGraphs(source: Source, task: ScoringTask): Promise<ScoringCounts> {
  const { model, stopwatch, run, options } = task
  const counts: ScoringCounts = {
    graphCount: 0,
    nodeCount: 0,
    scored: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    failed: 0,
    nodePropertiesWritten: 0,
    problems: [],
    warnings: [],
  }
  const unseen: Unseen = { parallelEdges: 0, selfLoops: 0, unseenCategories: 0 }
  const context = model === null ? '' : modelIdentity(model)
  let backendWarning: string | undefined
  let writing: Promise<void> = Promise.resolve()
  const write = async (scores: readonly WritableScore[], trained: TrainedModel) => {
    await run.start()
    const written = await stopwatch.measure('write', () => writeScores(source, trained, options, scores))
    counts.nodePropertiesWritten += written.nodePropertiesWritten
  }
  try {
    for await (const page of measureEach(stopwatch, 'read', prefetch(sourcePages(source)))) {
      throwIfInterrupted(options.signal, 'scoring')
      const changed = changedGraphs(page, model, { context, counts, unseen })
      counts.problems.push(...page.problems)
      counts.graphCount += page.graphs.length + page.problems.length
      if (model !== null && !options.dryRun && changed.length > 0) {
        backendWarning = (await loadBackend()).warning
        const scores = await stopwatch.measure('compute', () => score(model, changed, options.signal))
        await writing
        writing = write(scores, model)
        // A failure surfaces at the next `await`; until then it must not count as unhandled.
        writing.catch(() => undefined)
      }
      options.onProgress?.('score', counts.graphCount, source.summary.graphCount)
    }
  } finally {
    await writing
  }
  counts.failed = counts.problems.length
  if (backendWarning !== undefined) counts.warnings.push(backendWarning)
  counts.warnings.push(...warningsOf(unseen))
  return counts
}

/** The graphs of a page to score anew; counts the others, and moves those that cannot be encoded to the problems. */
function changedGraphs(
  page: SourcePage,
  model: TrainedModel | null,
  { context, counts, unseen }: { context: string; counts: ScoringCounts; unseen: Unseen },
): ChangedGraph[] {
  const changed: ChangedGraph[] = []
  for (const { head, subgraph } of page.graphs) {
    counts.nodeCount += subgraph.graph.order
    const fingerprint = fingerprintOf(subgraph, context)
    if (head.fingerprint === fingerprint) {
      counts.unchanged++
      continue
    }
    collectProblem(counts.problems, head.key, () => {
      if (model !== null) {
        const { encoded, dropped, unseenCategories } = encodeGraph(subgraph, model.featureSchema, model)
        unseen.parallelEdges += dropped.parallelEdges
        unseen.selfLoops += dropped.selfLoops
        unseen.unseenCategories += unseenCategories
        changed.push({ encoded, fingerprint })
      }
      counts.scored++
      if (head.fingerprint === null) counts.added++
      else counts.changed++
    })
  }
  return changed
}

async function score(
  model: TrainedModel,
  changed: readonly ChangedGraph[],
  signal: AbortSignal | undefined,
): Promise<WritableScore[]> {
  const scores: Score[] = await scoreGraphs(
    model,
    changed.map(({ encoded }) => encoded),
    signal,
  )
  return scores.map((each, i) => ({ score: each, fingerprint: changed[i]?.fingerprint ?? '' }))
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
    earlierLayers: mostLayers(summary.propertyKeys, writing.prefix),
    signal,
  })
}

/** Highest layer for which the database knows a mask property, 0 without any. */
function mostLayers(propertyKeys: readonly string[], prefix: string): number {
  const mask = new RegExp(`^${writtenProperties(prefix).maskPattern}$`)
  const layers = propertyKeys.filter((key) => mask.test(key)).map((key) => Number(/[0-9]+$/.exec(key)?.[0]))
  return Math.max(0, ...layers)
}

/** Differs between any two models, also between two of the same name and version from different folders. */
function modelIdentity(model: TrainedModel): string {
  const hash = createHash('sha256').update(`${model.name}\n${model.version}\n${model.createdAt}\n`)
  for (const { data } of Object.values(model.weights))
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return hash.digest('hex')
}

function warningsOf({ parallelEdges, selfLoops, unseenCategories }: Unseen): string[] {
  const warnings: string[] = []
  if (parallelEdges > 0) warnings.push(`${parallelEdges} parallel relationships counted once`)
  if (selfLoops > 0) warnings.push(`${selfLoops} self-loops left out`)
  if (unseenCategories > 0)
    warnings.push(`${unseenCategories} property values that no training graph had were encoded as all zeros`)
  return warnings
}
