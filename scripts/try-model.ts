import { parse } from 'yaml'
import { openDatabase } from '../src/neo4j/database.ts'
import { parseConfig, sync } from '../src/index.ts'
import { splitStatements } from '../src/cli/split-statements.ts'
import { blocksOf } from '../test/support/page-blocks.ts'
import { cleanDatabase } from '../test/integration/support/clean-database.ts'
const db = await openDatabase({ uri: process.env.NEO4J_URI!, username: 'neo4j', password: process.env.NEO4J_PASSWORD!, database: 'neo4j' })
for (const page of process.argv.slice(2)) {
  await cleanDatabase(db)
  const [data, yaml] = blocksOf(page)
  const { statements, rest } = splitStatements(data.text)
  for (const s of [...statements, rest].filter((t) => t.trim())) await db.execute(s, {})
  for (const model of [{ variant: 'smg', layers: 2, hidden: 32 }, { variant: 'm-smg', layers: 2, hidden: 32 }, { variant: 'smg-jk', layers: 2, hidden: 32 }, { variant: 'm-smg', layers: 3, hidden: 32 },  { variant: 'smg', layers: 2, hidden: 16 }]) {
    const r = await sync(db, parseConfig({ ...parse(yaml.text), model, modelStore: 'folder', modelDirectory: '/tmp/docs-try/m3' }, page), { now: () => new Date(), runId: 'r' + Math.random(), retrain: true })
    console.log(page, JSON.stringify(model), r.metrics?.accuracy, r.maskQuality?.deletionFidelity.map((x) => x.toFixed(3)), r.maskQuality?.randomDeletionFidelity.toFixed(3))
  }
}
await db.close()
