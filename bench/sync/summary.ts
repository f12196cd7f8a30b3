/** What is printed: medians over the rounds. */
import { loadavg } from 'node:os'
import { median } from '../compute/statistics.ts'
import type { Floor, OurRun, PythonRun } from './sides.ts'

export type SyncSummary = ReturnType<typeof summaryOf>

/** Three syncs of one round. */
export interface OurRuns {
  /** Of a database without scores. */
  readonly first: OurRun
  /** With nothing to score. */
  readonly unchanged: OurRun
  /** After one graph of a hundred changed. */
  readonly changed: OurRun
}

export interface Runs {
  readonly nodes: number
  readonly graphs: number
  readonly rounds: number
  readonly ours: readonly OurRuns[]
  readonly theirs: readonly PythonRun[]
  readonly floor: Floor
}

/** `ratio` is ours divided by Python's; a share of the floor is the bare driver's time divided by ours. */
export function summaryOf({ nodes, graphs, rounds, ours, theirs, floor }: Runs) {
  const ofOurs = (key: 'total_s' | 'process_s' | 'read_s' | 'compute_s' | 'write_s' | 'peak_rss_mb') =>
    rounded(median(ours.map(({ first }) => first[key])))
  const share = (of: 'unchanged' | 'changed') =>
    rounded(median(ours.map((runs) => runs[of].total_s / runs.first.total_s)))
  const ofPython = (key: 'total_s' | 'process_s' | 'read_s' | 'build_s' | 'score_s' | 'write_s' | 'peak_rss_mb') =>
    rounded(median(theirs.map((run) => run[key])))
  const versions = theirs[0]?.versions
  const python = versions && {
    ...{ process_s: ofPython('process_s'), read_s: ofPython('read_s'), build_s: ofPython('build_s') },
    ...{ score_s: ofPython('score_s'), write_s: ofPython('write_s'), peak_rss_mb: ofPython('peak_rss_mb') },
    totals_s: theirs.map(({ total_s }) => rounded(total_s)),
    versions,
  }
  return {
    nodes,
    ours_total_s: ofOurs('total_s'),
    python_total_s: python ? ofPython('total_s') : null,
    ratio: python ? rounded(ofOurs('total_s') / ofPython('total_s')) : null,
    peak_rss_mb: ofOurs('peak_rss_mb'),
    read_share_of_floor: rounded(floor.floor_read_s / floor.ours_read_s),
    write_share_of_floor: rounded(floor.floor_write_s / floor.ours_write_s),
    /** Time of a sync with nothing to score, and with one graph in a hundred, as shares of the first. */
    unchanged_share_of_first: share('unchanged'),
    changed_share_of_first: share('changed'),
    graphs,
    rounds,
    ours: {
      ...{ process_s: ofOurs('process_s'), read_s: ofOurs('read_s') },
      ...{ compute_s: ofOurs('compute_s'), write_s: ofOurs('write_s') },
      totals_s: ours.map(({ first }) => rounded(first.total_s)),
      unchanged_s: ours.map(({ unchanged }) => rounded(unchanged.total_s)),
      changed_s: ours.map(({ changed }) => rounded(changed.total_s)),
    },
    python: python ?? null,
    /** Reading and writing alone. */
    alone: {
      ...{ ours_read_s: rounded(floor.ours_read_s), floor_read_s: rounded(floor.floor_read_s) },
      ...{ ours_write_s: rounded(floor.ours_write_s), floor_write_s: rounded(floor.floor_write_s) },
      statements: floor.statements,
    },
    node: process.version,
    load_average: rounded(loadavg()[0] ?? 0),
  }
}

function rounded(value: number): number {
  return Math.round(value * 1e3) / 1e3
}
