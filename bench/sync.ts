/**
 * Time and memory of a sync that scores a whole database with an existing model, alone or in turns with what a Python user
 * would write (`../shared/peers/bench_pipeline.py`), and how near reading and writing come to the bare driver:
 *
 *     npm run bench:sync -- --nodes 100000 [--json]
 *     PEER_PYTHON=… npm run bench:sync -- --nodes 100000 --against-python
 *
 * On the server that NEO4J_URI names, whose database has to be empty or built by this; else on one of its own, which it starts,
 * builds once for each number of nodes, and stops.
 */
import Table from 'cli-table3'
import { measureSync } from './sync/measure.ts'
import { type SyncBenchOptions, syncBenchCommand } from './sync/options.ts'
import { placeStaticFiles } from './sync/static-files.ts'
import type { SyncSummary } from './sync/summary.ts'
import { smallestGraph } from './sync/synthetic-graphs.ts'

await syncBenchCommand(smallestGraph, run).parseAsync()

async function run(options: SyncBenchOptions): Promise<void> {
  placeStaticFiles()
  const interrupt = new AbortController()
  // So that the server is stopped.
  process.once('SIGINT', () => interrupt.abort())
  const result = await measureSync({ ...options, signal: interrupt.signal, log: (line) => console.error(line) })
  console.log(options.json ? JSON.stringify(result) : shown(result))
}

type Cell = number | null

function shown({ nodes, graphs, ours, python, alone, ...result }: SyncSummary): string {
  const cell = (value: Cell) => value?.toFixed(2) ?? ''
  const table = new Table({
    head: [`${graphs} graphs, ${nodes} nodes`, 'total s', 'read s', 'compute s', 'write s', 'peak MB'],
  })
  const row = (name: string, total: Cell, read: Cell, compute: Cell, write: Cell, peak: Cell = null) =>
    table.push([name, ...[total, read, compute, write, peak].map(cell)])
  row('ours', result.ours_total_s, ours.read_s, ours.compute_s, ours.write_s, result.peak_rss_mb)
  const { unchanged_share_of_first, changed_share_of_first } = result
  row('again, unchanged / first', unchanged_share_of_first, null, null, null)
  row('1 % changed / first', changed_share_of_first, null, null, null)
  if (python !== null) {
    const { read_s, build_s, score_s, write_s, peak_rss_mb, versions } = python
    row(
      versions.neo4j_rust_ext === null ? 'Python' : 'Python, neo4j-rust-ext',
      result.python_total_s,
      read_s,
      build_s + score_s,
      write_s,
      peak_rss_mb,
    )
    row('ours / Python', result.ratio, null, null, null, result.peak_rss_mb / peak_rss_mb)
  }
  row('ours alone', null, alone.ours_read_s, null, alone.ours_write_s)
  row('bare driver', null, alone.floor_read_s, null, alone.floor_write_s)
  row('share of floor', null, result.read_share_of_floor, null, result.write_share_of_floor)
  return table.toString()
}
