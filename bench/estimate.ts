/**
 * What `smg estimate` says of a sync that scores a whole database with an existing model, beside what then happens:
 *
 *     npx tsx bench/estimate.ts --nodes 10000 [--rounds 3]
 *
 * Databases and servers are those of `bench:sync`. The constants to set by it are in `src/pipeline/estimate/fitted-costs.ts`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Table from 'cli-table3'
import { scoringConfig } from './sync/dataset.ts'
import { type SyncBenchOptions, syncBenchCommand } from './sync/options.ts'
import { withServer } from './sync/server.ts'
import { build, clear, type EstimateRun, makeModel, type OurRun, runEstimate, runOurs } from './sync/sides.ts'
import { smallestGraph } from './sync/synthetic-graphs.ts'

await syncBenchCommand(smallestGraph, run).parseAsync()

async function run({ nodes, rounds, warmup, json }: SyncBenchOptions): Promise<void> {
  const interrupt = new AbortController()
  // So that the server is stopped.
  process.once('SIGINT', () => interrupt.abort())
  const { signal } = interrupt
  const modelDirectory = await mkdtemp(join(tmpdir(), 'smg-bench-estimate-'))
  const { prefix } = scoringConfig(modelDirectory).writing
  try {
    await withServer({ nodes, log: (line) => console.error(line), signal }, async ({ connection, isOwn }) => {
      const side = { connection, signal }
      const built = await build(nodes, isOwn, side)
      await makeModel(modelDirectory, side)
      for (let round = 1 - warmup; round <= rounds; round++) {
        await clear(prefix, side)
        const said = await runEstimate(modelDirectory, side)
        const then = await runOurs(modelDirectory, built.graphs, side)
        if (round >= 1) console.log(json ? JSON.stringify({ said, then }) : shown(said, then))
      }
      await clear(prefix, side)
    })
  } finally {
    await rm(modelDirectory, { recursive: true, force: true })
  }
}

/** Of a range, the ratio to its middle: both ends are the same factor away from it. */
function shown(said: EstimateRun, then: OurRun): string {
  const table = new Table({ head: ['', 'estimate', 'then', 'ratio'] })
  const middle = (min: number, max: number) => Math.sqrt(min * max)
  const row = (name: string, estimated: string, value: number, happened: number) =>
    table.push([name, estimated, happened.toFixed(2), (happened / value).toFixed(2)])
  const plain = (name: string, value: number, happened: number) => row(name, value.toFixed(2), value, happened)
  const range = (name: string, [min, max]: readonly [number, number], happened: number) =>
    row(name, `${min.toFixed(2)} to ${max.toFixed(2)}`, middle(min, max), happened)
  plain('graphs', said.graphCount, then.graphs)
  plain('nodes', said.nodeCount, then.nodes)
  plain('properties written', said.nodePropertiesWritten, then.properties)
  range('peak MB', [said.bytesMin / 2 ** 20, said.bytesMax / 2 ** 20], then.peak_rss_mb)
  range('total s', [said.minMillis / 1000, said.maxMillis / 1000], then.sync_s)
  plain('read s', said.readMillis / 1000, then.read_s)
  plain('compute s', said.computeMillis / 1000, then.compute_s)
  plain('write s', said.writeMillis / 1000, then.write_s)
  return `${table.toString()}\nserverMillis ${said.serverMillis}, the estimate took ${said.estimate_s.toFixed(1)} s`
}
