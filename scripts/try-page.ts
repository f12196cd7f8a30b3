import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { openDatabase } from '../src/neo4j/database.ts'
import { splitStatements } from '../src/cli/split-statements.ts'
import { renderTable } from '../src/cli/output.ts'
import { blocksOf, commandsOf, wordsOf } from '../test/support/page-blocks.ts'
import { toJsonValue } from '../src/neo4j/values.ts'
import { cleanDatabase } from '../test/integration/support/clean-database.ts'
const db = await openDatabase({ uri: process.env.NEO4J_URI!, username: 'neo4j', password: process.env.NEO4J_PASSWORD!, database: 'neo4j' })
for (const page of process.argv.slice(2)) {
  await cleanDatabase(db)
  const cwd = mkdtempSync('/tmp/page-')
  for (const { language, text } of blocksOf(page)) {
    if (language === 'yaml' && text.startsWith('# smg.config.yaml')) writeFileSync(cwd + '/smg.config.yaml', text)
    if (language === 'sh') for (const c of commandsOf(text)) { console.log('$', c); if (c.startsWith('npx smg ')) try { console.log(execFileSync('node', ['/work/docs/test/integration/support/built-smg.js', ...wordsOf(c).slice(2)], { cwd, encoding: 'utf8' })) } catch (e: any) { console.log('FAILED', e.stdout, e.stderr) } }
    if (language === 'cypher') { const { statements, rest } = splitStatements(text); for (const s of [...statements, rest].filter(t => t.trim())) { try { const r = await db.execute(s, {}); console.log(s.split('\n')[0], '→', r.rows.length, 'rows'); if (r.rows.length) console.log(renderTable(r.rows.slice(0, 6).map(row => Object.fromEntries(r.columns.map((c, i) => [c, toJsonValue(row[i])]))), r.columns)) } catch (e: any) { console.log('FAILED', s, e.message) } } }
  }
}
await db.close()
