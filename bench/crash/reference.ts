/** The same graphs in a database that no crash has seen, and where the two differ after a sync each. */
import type { Database } from '../../src/neo4j/database.ts'
import { createGraphsInBatches } from '../../src/pipeline/create-graphs.ts'
import { differencesOf } from './differences.ts'
import { crashShape } from './graphs.ts'

type Properties = Readonly<Record<string, unknown>>

/** Everything in the database but what sync and the rounds themselves have written. */
export interface OwnData {
  readonly cases: readonly Properties[]
  readonly accounts: readonly Properties[]
  /** [account, case] */
  readonly memberships: readonly (readonly [string, string])[]
  /** [from, to, properties] */
  readonly payments: readonly (readonly [string, string, Properties])[]
}

export async function readOwnData(database: Database): Promise<OwnData> {
  const rowsOf = async (statement: string) => (await database.query(statement, {})).rows
  const own = (properties: unknown) =>
    Object.fromEntries(Object.entries(properties as Properties).filter(([name]) => !/^smg|^editedAfter$/.test(name)))
  return {
    cases: (await rowsOf('MATCH (g:Case) RETURN properties(g)')).map(([g]) => own(g)),
    accounts: (await rowsOf('MATCH (n:Account) RETURN properties(n)')).map(([n]) => own(n)),
    memberships: (await rowsOf('MATCH (n:Account)-[:MEMBER_OF]->(g:Case) RETURN n.accountId, g.caseId')).map(
      ([n, g]) => [String(n), String(g)] as const,
    ),
    payments: (await rowsOf('MATCH (a:Account)-[r:PAID]->(b) RETURN a.accountId, b.accountId, properties(r)')).map(
      ([a, b, r]) => [String(a), String(b), own(r)] as const,
    ),
  }
}

/** Into an empty database. */
export async function writeOwnData(database: Database, { cases, accounts, memberships, payments }: OwnData) {
  await createGraphsInBatches(database, crashShape, [])
  for (const [statement, rows] of [
    ['UNWIND $rows AS row CREATE (g:Case) SET g = row', cases],
    ['UNWIND $rows AS row CREATE (n:Account) SET n = row', accounts],
    [
      'UNWIND $rows AS row MATCH (n:Account {accountId: row[0]}), (g:Case {caseId: row[1]}) CREATE (n)-[:MEMBER_OF]->(g)',
      memberships,
    ],
    [
      `UNWIND $rows AS row MATCH (a:Account {accountId: row[0]}), (b:Account {accountId: row[1]})
       CREATE (a)-[r:PAID]->(b) SET r = row[2]`,
      payments,
    ],
  ] as const)
    await database.execute(statement, { rows })
}

/** Nodes, relationships, indexes and constraints by what identifies them. Run ids, times, earlier models, and what only daemons need are left out. */
export type Contents = ReadonlyMap<string, unknown>

const notCompared = /^(folder|trainedBy|smgRunId|smgScoredAt|editedAfter)$/

/** @param modelVersion the models before it are history, and the undisturbed database has none */
export async function contentsOf(database: Database, modelVersion: number): Promise<Contents> {
  const contents = new Map<string, unknown>()
  // The server fills the vector index in the background.
  await database.execute('CALL db.awaitIndexes(300)', {})
  for (const [statement, params] of [
    [
      `MATCH (n) WHERE n:Case OR n:Account
       RETURN 'node ' + coalesce(n.caseId, n.accountId), {labels: labels(n), properties: properties(n)}`,
      {},
    ],
    [
      `MATCH (m:SmgModel {version: $modelVersion})
       RETURN 'model ' + m.name + ':' + m.version, {labels: labels(m), properties: properties(m)}`,
      { modelVersion: String(modelVersion) },
    ],
    [
      `MATCH (a:Account)-[r]->(b)
       RETURN type(r) + ' ' + a.accountId + ' ' + coalesce(b.caseId, b.accountId), {properties: properties(r)}`,
      {},
    ],
    [
      "SHOW INDEXES YIELD * WHERE NOT name =~ 'smg_(job|schedule|evaluation)_.*' RETURN 'index ' + name, {is: [type, labelsOrTypes, properties, state]}",
      {},
    ],
    [
      "SHOW CONSTRAINTS YIELD * WHERE NOT name =~ 'smg_(job|schedule|evaluation)_.*' RETURN 'constraint ' + name, {is: [type, labelsOrTypes, properties]}",
      {},
    ],
  ] as const)
    for (const [name, what] of (await database.query(statement, params)).rows)
      contents.set(String(name), withoutRun(what as Properties))
  return contents
}

function withoutRun({ properties, ...rest }: Properties): Properties {
  if (properties === undefined) return rest
  const compared = Object.entries(properties as Properties).filter(([name]) => !notCompared.test(name))
  return { ...rest, properties: Object.fromEntries(compared.map(([name, value]) => [name, comparable(value)])) }
}

/** Dates and times as text. */
function comparable(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? String(value) : value
}

export interface Comparison {
  readonly compared: number
  readonly problems: string[]
  /** Between two numbers in the same place. */
  readonly largestDifference: number
}

export function compareContents(survivor: Contents, undisturbed: Contents): Comparison {
  const names = new Set([...survivor.keys(), ...undisturbed.keys()])
  const pairs = [...names].map((name) => ({ name, found: survivor.get(name), expected: undisturbed.get(name) }))
  return {
    compared: names.size,
    problems: pairs.flatMap(({ name, found, expected }) => differencesOf(found, expected, name)),
    largestDifference: pairs.reduce((most, { found, expected }) => Math.max(most, distance(found, expected)), 0),
  }
}

function distance(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return 0
  const other = b as Properties
  return Object.entries(a).reduce((most, [name, value]) => Math.max(most, distance(value, other[name])), 0)
}
