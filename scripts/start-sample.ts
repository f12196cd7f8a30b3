/**
 * What `npm start` runs once everything is set up: the payment-rings sample into the database, `smg sync` on it, and how
 * well the masks find the rings. Arguments go to `smg sync`.
 */
import { join } from 'node:path'
import { loadSample } from '../fixtures/payment-rings/load.ts'
import { main } from '../src/cli/main.ts'
import { loadConfig, resolveConnection } from '../src/config/load.ts'
import { SmgError } from '../src/errors.ts'
import type { Database } from '../src/neo4j/database.ts'
import { connect } from '../src/pipeline/connect.ts'
import { existingModel } from '../src/pipeline/current-model.ts'

const configPath = join('fixtures', 'payment-rings', 'smg.config.yaml')

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { neo4j } = await loadConfig(configPath)
  const connection = resolveConnection({}, process.env, neo4j)
  const database = await connect({ connection, log: console.error })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

async function start(syncArguments: readonly string[]): Promise<number> {
  const { graphsCreated, graphsAlreadyThere } = await withDatabase(loadSample)
  console.log(`Payment rings: ${graphsCreated} cases loaded, ${graphsAlreadyThere} there already`)
  console.log(`\n$ npx smg sync --config ${configPath}`)
  const code = await main(['--config', configPath, 'sync', ...syncArguments])
  if (code !== 0) return code
  const config = await loadConfig(configPath)
  const { maskQuality } = await withDatabase((database) => existingModel(database, config))
  console.log('\nDo the masks find the rings? ROC AUC against inRing, on held-out suspicious cases:')
  maskQuality?.rocAuc?.forEach((auc, k) => {
    console.log(`  smgMaskLayer${k + 1}  ${auc.toFixed(3)}`)
  })
  if (!process.env['NEO4J_URI'])
    console.log("\nNeo4j goes on running: ask it with npx smg query 'MATCH …', stop it with npx smg db stop")
  return 0
}

try {
  process.exitCode = await start(process.argv.slice(2))
} catch (thrown) {
  if (!(thrown instanceof SmgError)) throw thrown
  console.error(thrown.message)
  process.exitCode = thrown.exitCode
}
