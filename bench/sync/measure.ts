/** All runs on one database, the two sides in turns. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scoringConfig } from './dataset.ts'
import type { SyncBenchOptions } from './options.ts'
import { type BenchServer, withServer } from './server.ts'
import {
  build,
  change,
  clear,
  makeModel,
  type OurRun,
  type PythonRun,
  runFloor,
  runOurs,
  runPython,
  type SideOptions,
} from './sides.ts'
import { type OurRuns, type SyncSummary, summaryOf } from './summary.ts'

export interface MeasureOptions extends SyncBenchOptions {
  /** Gets a line for each run. */
  readonly log: (line: string) => void
  readonly signal: AbortSignal
}

export async function measureSync(options: MeasureOptions): Promise<SyncSummary> {
  const python = options.againstPython ? pythonOf(process.env) : null
  const modelDirectory = await mkdtemp(join(tmpdir(), 'smg-bench-sync-'))
  try {
    return await withServer(options, (server) => measureOn(server, options, { python, modelDirectory }))
  } finally {
    await rm(modelDirectory, { recursive: true, force: true })
  }
}

function pythonOf(environment: NodeJS.ProcessEnv): string {
  const python = environment['PEER_PYTHON']
  if (!python) throw new Error("Cannot compare: expected PEER_PYTHON, a python with the peers' packages, got none")
  return python
}

/** One graph of so many is changed for the third sync. */
const changedEvery = 100

async function measureOn(
  { connection, isOwn }: BenchServer,
  { nodes, rounds, warmup, threads, log, signal }: MeasureOptions,
  { python, modelDirectory }: { readonly python: string | null; readonly modelDirectory: string },
): Promise<SyncSummary> {
  const side: SideOptions = { connection, signal }
  const { prefix } = scoringConfig(modelDirectory).writing
  const built = await build(nodes, isOwn, side)
  log(
    `${built.graphs} graphs, ${nodes} nodes ${built.isReused ? 'were there' : `built in ${built.build_s.toFixed(1)} s`}`,
  )
  await makeModel(modelDirectory, side)
  const ours: OurRuns[] = []
  const theirs: PythonRun[] = []
  for (let round = 1 - warmup; round <= rounds; round++) {
    const name = round < 1 ? 'warm-up' : `round ${round}`
    await clear(prefix, side)
    const first = await runOurs(modelDirectory, built.graphs, side)
    log(`${name} ours, all            ${describe(first)}`)
    const unchanged = await runOurs(modelDirectory, 0, side)
    log(`${name} ours, none           ${describe(unchanged)}`)
    const changed = await runOurs(modelDirectory, await change(changedEvery, side), side)
    log(`${name} ours, 1 of ${changedEvery}       ${describe(changed)}`)
    if (round >= 1) ours.push({ first, unchanged, changed })
    if (python === null) continue
    await clear(prefix, side)
    const their = await runPython({ ...side, python, threads })
    if (their.nodes !== nodes) throw new Error(`Cannot compare: expected ${nodes} nodes of Python, got ${their.nodes}`)
    log(`${name} Python               ${describe(their)}`)
    if (round >= 1) theirs.push(their)
  }
  await clear(prefix, side)
  const floor = await runFloor({ modelDirectory, nodes, rounds }, side)
  return summaryOf({ nodes, graphs: built.graphs, rounds, ours, theirs, floor })
}

function describe({ total_s, read_s, write_s, peak_rss_mb, process_s }: OurRun | PythonRun): string {
  const seconds = { total: total_s, read: read_s, write: write_s, process: process_s }
  const times = Object.entries(seconds).map(([name, value]) => `${name} ${value.toFixed(2)} s`)
  return `${times.join(', ')}, peak ${peak_rss_mb.toFixed(0)} MB`
}
