/** Scores a range of a projection's graphs: all there is to do of a scoring run, or a part of it. */
import type { RangeCounts } from './range-counts.ts'
import { type ScoringTask, scoreChangedGraphs } from './score-changed.ts'
import type { Source } from './source.ts'
import { createStopwatch } from './stopwatch.ts'

/** What came of a range, as plain data. */
export interface ScoredRange {
  readonly counts: RangeCounts
  readonly readMillis: number
  readonly computeMillis: number
  readonly writeMillis: number
}

export async function scoreRange(source: Source, task: ScoringTask): Promise<ScoredRange> {
  const stopwatch = createStopwatch()
  const counts = await scoreChangedGraphs(source, task, stopwatch)
  return {
    counts,
    readMillis: stopwatch.millis('read'),
    computeMillis: stopwatch.millis('compute'),
    writeMillis: stopwatch.millis('write'),
  }
}
