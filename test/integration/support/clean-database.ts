import type { Database } from '../../../src/neo4j/database.ts'

/**
 * Empties the database of the tests: nodes, relationships, constraints and indexes. Names that were once in use stay known
 * to the server, which lists property keys for good.
 */
export async function cleanDatabase(database: Database): Promise<void> {
  await emptyDatabase(database)
  for (const name of await namesFrom(database, 'SHOW CONSTRAINTS YIELD name'))
    await database.execute(`DROP CONSTRAINT ${quoted(name)}`, {})
  for (const name of await namesFrom(database, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"))
    await database.execute(`DROP INDEX ${quoted(name)}`, {})
}

/**
 * Deletes nodes and relationships, and leaves indexes and constraints: after every change of those the server plans all
 * statements anew, which takes longer than most tests.
 */
export async function emptyDatabase(database: Database): Promise<void> {
  await database.execute('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS', {})
}

async function namesFrom(database: Database, statement: string): Promise<string[]> {
  const { rows } = await database.execute(statement, {})
  return rows.map(([name]) => String(name))
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
