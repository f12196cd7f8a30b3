/** What is written in the database, graph by graph. */
import type { Database } from '../../src/neo4j/database.ts'

export type Properties = Readonly<Record<string, unknown>>

export interface WrittenGraph {
  /** Written properties of the graph node; none where it was never scored. */
  readonly properties: Properties
  /** Masks of each member. */
  readonly members: Readonly<Record<string, Properties>>
}

export interface Written {
  readonly graphs: ReadonlyMap<string, WrittenGraph>
  /** Masks of those that belong to no graph. */
  readonly former: ReadonlyMap<string, Properties>
}

export async function readWritten(database: Database): Promise<Written> {
  const { rows } = await database.query(
    `MATCH (g:Case)
     CALL (g) { MATCH (n:Account)-[:MEMBER_OF]->(g) RETURN collect([n.accountId, properties(n)]) AS members }
     RETURN g.caseId, properties(g), members`,
    {},
  )
  const others = await database.query(
    'MATCH (n:Account) WHERE NOT EXISTS { (n)-[:MEMBER_OF]->(:Case) } RETURN n.accountId, properties(n)',
    {},
  )
  return {
    graphs: new Map(
      rows.map(([key, properties, members]) => [
        String(key),
        {
          properties: ours(properties as Properties),
          members: Object.fromEntries(
            (members as [string, Properties][]).map(([member, own]) => [member, ours(own)] as const),
          ),
        },
      ]),
    ),
    former: new Map(others.rows.map(([key, properties]) => [String(key), ours(properties as Properties)])),
  }
}

function ours(properties: Properties): Properties {
  const own = Object.entries(properties).filter(([name]) => name.startsWith('smg'))
  // A date as its text, so that it can be compared.
  return Object.fromEntries(own.sort(byName).map(([name, value]) => [name, isPlain(value) ? value : String(value)]))
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Array.isArray(value)
}
