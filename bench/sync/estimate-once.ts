/** One estimate of the sync that score-once.ts runs, in a process of its own, and how long it took. */

import type { ConnectionSettings } from '../../src/config/load.ts'
import { connect } from '../../src/pipeline/connect.ts'
import { estimate } from '../../src/pipeline/estimate.ts'
import { scoringConfig } from './dataset.ts'

export async function estimateOnce(connection: ConnectionSettings, modelDirectory: string) {
  const database = await connect({ connection, log: (line) => console.error(line) })
  try {
    const start = performance.now()
    const options = { residentBytes: () => process.memoryUsage.rss() }
    const result = await estimate(database, scoringConfig(modelDirectory), options)
    return { ...result, estimate_s: (performance.now() - start) / 1000 }
  } finally {
    await database.close()
  }
}
