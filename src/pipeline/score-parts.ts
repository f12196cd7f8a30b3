/** Scores a projection in parts, whoever does them: the flow of a scoring run. */
import { SmgError } from '../errors.ts'
import { jobConfigText } from '../jobs/job-config.ts'
import type { Flow, WorkEngine } from '../jobs/work-engine.ts'
import { sha256 } from '../model/manifest.ts'
import { bindLock } from '../neo4j/lock-catalogue.ts'
import { type CountedRange, keyRanges } from './key-ranges.ts'
import type { ProjectionSummary } from './preflight.ts'
import { type RangeCounts, sumOfCounts } from './range-counts.ts'
import type { ScoringTask } from './score-changed.ts'
import { type ScoredRange, scoreRange } from './score-range.ts'
import type { Source } from './source.ts'

/** All that a worker has to be told, beside the address of the database. */
export interface ScorePart extends CountedRange {
  /** As `jobConfigText` makes it. */
  readonly config: string
  readonly modelVersion: string
  readonly runId: string
  /** ISO 8601; whatever changes after may not be seen. */
  readonly scoredAt: string
  readonly summary: ProjectionSummary
}

/** @param lockOwner holds the lock of the projection */
export async function scoreInParts(
  source: Source,
  task: ScoringTask,
  engine: WorkEngine,
  lockOwner: string,
): Promise<ScoredRange> {
  const { database, config, summary, signal } = source
  const { model, run, options } = task
  const { runId, now, onProgress, onNotice } = options
  if (model === null) return scoreRange(source, task)
  const projection = config.projection.name
  const common = {
    config: jobConfigText(config, '.'),
    modelVersion: model.version,
    runId,
    scoredAt: now().toISOString(),
    summary,
  }
  const ranges = await keyRanges(source, engine.isDistributed ? config.writing.graphsPerPart : Number.POSITIVE_INFINITY)
  const flow: Flow<ScorePart, ScoredRange> = {
    id: runId,
    identity: sha256(JSON.stringify([common.config, model.name, model.version])),
    kind: 'score',
    parts: ranges.map((range) => ({ ...common, ...range })),
    sizeOf: ({ graphCount }) => graphCount,
    inProcess: ({ range }, control) =>
      scoreRange(
        { ...source, range, signal: control.signal },
        {
          ...task,
          options: { ...options, signal: control.signal, onProgress: (_phase, done) => control.onProgress(done) },
        },
      ),
    onBegin: async (flowId) => {
      const held = await database.run(bindLock, {}, { projection, owner: lockOwner, flow: flowId })
      if (held.length === 0)
        throw new SmgError(`Cannot go on with projection '${projection}': another run has taken its lock over`)
    },
  }
  const scored = await engine.run(flow, {
    signal,
    onProgress: (done, of) => onProgress?.('score', done, of),
    onNotice,
  })
  const sum = sumOfRanges(scored)
  requireAllCounted(sum.counts, projection)
  // Those that wrote scores have recorded the run.
  if (sum.counts.scored > 0) await run.start()
  return sum
}

/** @throws SmgError where what became of the graphs is not known of each */
function requireAllCounted({ graphCount, ...counts }: RangeCounts, projection: string): void {
  const known = counts.scored + counts.unchanged + counts.problems.length + counts.outdated.length
  if (known !== graphCount)
    throw new SmgError(
      `Cannot finish the run of projection '${projection}': expected to know of ${graphCount} graphs what became of them, got ${known}; run it again`,
    )
}

function sumOfRanges(scored: readonly ScoredRange[]): ScoredRange {
  const millis = (name: 'readMillis' | 'computeMillis' | 'writeMillis') =>
    scored.reduce((sum, range) => sum + range[name], 0)
  return {
    counts: sumOfCounts(scored.map(({ counts }) => counts)),
    readMillis: millis('readMillis'),
    computeMillis: millis('computeMillis'),
    writeMillis: millis('writeMillis'),
  }
}
