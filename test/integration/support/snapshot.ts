/** All that is in a database, as texts that can be compared between two databases and two points in time. */
import type { Database } from '../../../src/neo4j/database.ts'

export interface Snapshot {
  /** Labels and properties of each node. */
  readonly nodes: readonly string[]
  /** Type, properties, and the ends with their labels and properties. */
  readonly relationships: readonly string[]
  readonly indexes: readonly string[]
  readonly constraints: readonly string[]
}

/** `ignored` properties, such as times, are left out. Lists are sorted; two INTEGERs and FLOATs of one value differ. */
export async function snapshotOf(database: Database, ignored: RegExp = /^$/): Promise<Snapshot> {
  const rowsOf = async (statement: string) => {
    const { rows } = await database.query(statement, {})
    return rows.map((row) => JSON.stringify(row.map((value) => plain(value, ignored)))).sort()
  }
  return {
    nodes: await rowsOf('MATCH (n) RETURN labels(n), properties(n)'),
    relationships: await rowsOf(
      'MATCH (a)-[r]->(b) RETURN type(r), properties(r), labels(a), properties(a), labels(b), properties(b)',
    ),
    indexes: await rowsOf('SHOW INDEXES YIELD name, type, labelsOrTypes, properties, state'),
    constraints: await rowsOf('SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties'),
  }
}

/** The same without what every sync makes before it reads: the index over the graph keys, and the constraint of the lock. */
export function withoutPreparation({ indexes, constraints, ...rest }: Snapshot): Snapshot {
  const own = (row: string) => /^\["smg_(lock|molecules)_key"/.test(row)
  return { ...rest, indexes: indexes.filter((row) => !own(row)), constraints: constraints.filter((row) => !own(row)) }
}

/** Nodes that depend on how the work was cut, and on the last bits of the weights. */
const cut = /^\[\["Smg(RunPart|ModelPart)"\]/

/** The FLOATs of a snapshot, and all the rest: those of two ways to cut the same work may differ in their last bits. */
export function parted({ nodes, ...snapshot }: Snapshot): { texts: string[]; numbers: number[] } {
  const numbers: number[] = []
  const texts = [nodes.filter((node) => !cut.test(node)), ...Object.values(snapshot)].flat().map((text: string) =>
    text
      .replaceAll(/"(manifestSha256|byteCount)":"[^"]*"/g, '')
      .replaceAll(/(?<=[:,[])-?\d[\d.e-]*(?=[\]},])/g, (number) => {
        numbers.push(Number(number))
        return '#'
      }),
  )
  return { texts, numbers }
}

/** The largest difference between numbers at the same place; NaN where there are more of one than of the other. */
export function farthest(some: readonly number[], others: readonly number[]): number {
  if (some.length !== others.length) return Number.NaN
  return Math.max(...some.map((number, i) => Math.abs(number - (others[i] ?? Number.NaN))))
}

function plain(value: unknown, ignored: RegExp): unknown {
  if (typeof value === 'bigint') return `INTEGER ${value}`
  if (Array.isArray(value)) return value.map((item) => plain(item, ignored))
  if (typeof value !== 'object' || value === null) return value
  if (Object.getPrototypeOf(value) !== Object.prototype) return `${value.constructor.name} ${value}`
  const entries = Object.entries(value).filter(([name]) => !ignored.test(name))
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => [name, plain(own, ignored)]),
  )
}
