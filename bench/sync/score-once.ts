/**
 * One sync with an existing model, in a process of its own, whose peak memory it reports. As with the Python peer, loading
 * the libraries is not timed; unlike there, connecting is.
 */
import { randomUUID } from 'node:crypto'
import type { ConnectionSettings } from '../../src/config/load.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { connect } from '../../src/pipeline/connect.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { scoringConfig } from './dataset.ts'

export interface ScoreTask {
  /** How many graphs have to be scored. */
  readonly expected: number
  /** Of the workers that do it. Default: this process */
  readonly redisUrl?: string | undefined
}

export async function scoreOnce(
  connection: ConnectionSettings,
  modelDirectory: string,
  { expected, redisUrl }: ScoreTask,
) {
  const config = scoringConfig(modelDirectory)
  const { name: backend } = await loadBackend()
  const import_rss_mb = peakRssMb()
  const start = performance.now()
  const database = await connect({ connection, log: (line) => console.error(line) })
  const engine = redisUrl === undefined ? undefined : await (await distributed()).openRedisEngine(database, redisUrl)
  const result = await sync(database, config, { train: false, now: () => new Date(), runId: randomUUID(), engine })
  await engine?.close()
  await database.close()
  const total_s = (performance.now() - start) / 1000
  const { graphCount, nodeCount, scored, failed, readMillis, computeMillis, writeMillis, totalMillis } = result
  if (scored !== expected || failed > 0)
    throw new Error(`Cannot measure: expected ${expected} scored graphs, got ${scored} and ${failed} failed ones`)
  return {
    ...{ backend, graphs: graphCount, nodes: nodeCount, properties: result.nodePropertiesWritten },
    total_s,
    sync_s: totalMillis / 1000,
    read_s: readMillis / 1000,
    compute_s: computeMillis / 1000,
    write_s: writeMillis / 1000,
    import_rss_mb,
    peak_rss_mb: peakRssMb(),
  }
}

/** What it imports would count in the memory of a plain sync. */
function distributed() {
  return import('../../src/pipeline/distributed.ts')
}

/** Of the whole process, in MB of 2^20 bytes. */
function peakRssMb(): number {
  return process.resourceUsage().maxRSS / 1024
}
