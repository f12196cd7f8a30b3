/** What others see of a graph while a sync writes it: the result of one run, whole. */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import neo4j, { type Driver, type Session } from 'neo4j-driver'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import type { KeyedGraph } from '../../src/pipeline/create-graphs.ts'
import { readMasks } from '../../src/pipeline/masks.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { holdLock } from './support/held-lock.ts'
import { testServer } from './support/server.ts'
import { createSmallGraphs, smallConfig, syncOptions } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const openedHere: (Driver | Session | Database)[] = []
afterEach(async () => {
  for (const opened of openedHere.splice(0).reverse()) await opened.close()
})
function opened<T extends Driver | Session | Database>(what: T): T {
  openedHere.push(what)
  return what
}

const keys = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6']
const atoms = 300

/** Long enough to be seen half-written. */
const largeGraphs = keys.map(
  (key, number): KeyedGraph => ({
    key,
    properties: { moleculeId: key, shape: number % 2 === 0 ? 'ring' : 'chain' },
    members: Array.from({ length: atoms }, (_, v) => ({
      atomId: `${key}-${v}`,
      element: 'CNO'[v % 3],
      charge: v / 100,
    })),
    relationships: Array.from({ length: atoms - (number % 2) }, (_, v) => [BigInt(v), BigInt((v + 1) % atoms), {}]),
  }),
)

/** Two models of the same graphs, the second with a layer more. */
const configOf = (layers: number) =>
  smallConfig(join(place.folder, 'models'), { model: { modelName: `${layers} layers`, layers, hidden: 4 } })

/** As docs/what-is-written.md gives it to people who ask for both in a query of their own. */
const ownQuery = `MATCH (g:Molecule {moleculeId: $key})
  SET g += {}
  WITH g
  MATCH (n:Atom)-[:PART_OF]->(g)
  RETURN $key, g.smgPrediction, g.smgProbability, g.smgRunId,
    min(n.smgMaskLayer1), max(n.smgMaskLayer1), min(n.smgMaskLayer2), max(n.smgMaskLayer2), count(n.smgMaskLayer3)`

describe('ten readers', () => {
  it('see prediction and masks of one run, however often the graphs are rewritten by two models in turn', async () => {
    await createSmallGraphs(place.database, largeGraphs)
    const database = opened(await openDatabase({ ...testServer(), concurrency: 10 }))
    const driver = opened(driverOf(testServer()))
    const readers = Array.from({ length: 10 }, (_, reader) => {
      if (reader % 2 === 0) return async (key: string) => JSON.stringify(await readMasks(database, configOf(2), key))
      const session = opened(driver.session())
      return async (key: string) => JSON.stringify(await rowsOf(session, key))
    })
    const rewrite = (layers: number) => sync(place.database, configOf(layers), syncOptions(`with-${layers}`))
    // What a reader sees of each graph while nobody writes.
    const whole = new Set<string>()
    for (const layers of [2, 3]) {
      expect(await rewrite(layers)).toMatchObject({ scored: keys.length })
      for (const read of readers.slice(0, 2)) for (const key of keys) whole.add(await read(key))
    }
    expect(whole.size).toBe(2 * 2 * keys.length)

    let isOver = false
    const seen = readers.map(async (read, reader) => {
      const sights: string[] = []
      for (let turn = reader; !isOver; turn++) {
        sights.push(await read(keys[turn % keys.length] ?? ''))
        // Ten that never pause would leave the writer no processor.
        await delay(5)
      }
      return sights
    })
    try {
      for (let round = 0; round < 2; round++) for (const layers of [2, 3]) await rewrite(layers)
    } finally {
      isOver = true
    }
    const sights = (await Promise.all(seen)).flat()
    expect(sights.filter((sight) => !whole.has(sight)).map((sight) => sight.slice(0, 200))).toEqual([])
    expect(new Set(sights).size).toBeGreaterThan(whole.size / 2)
  })

  it('wait for a transaction that is writing the graph, and for no other', async () => {
    await createSmallGraphs(place.database)
    await sync(place.database, configOf(2), syncOptions('run-1'))
    const lock = await holdLock("MATCH (g:Molecule {moleculeId: 'm1'}) SET g.smgPrediction = 'none yet'")
    const waiting = readMasks(place.database, configOf(2), 'm1')
    try {
      await vi.waitFor(async () => expect(await blockedStatements()).toEqual(['locked-graph-masks']), {
        timeout: 60_000,
      })
      expect(await readMasks(place.database, configOf(2), 'm2')).toMatchObject({ model: '2 layers:1' })
    } finally {
      await lock.release()
    }
    expect((await waiting).prediction).toMatch(/^(ring|chain)$/)
  })
})

async function blockedStatements(): Promise<unknown[]> {
  const blocked =
    "SHOW TRANSACTIONS YIELD status, metaData WHERE status STARTS WITH 'Blocked' RETURN metaData.statement"
  return (await place.database.query(blocked, {})).rows.map(([statement]) => statement)
}

function driverOf({ uri, username, password }: ReturnType<typeof testServer>): Driver {
  return neo4j.driver(uri, neo4j.auth.basic(username, password))
}

async function rowsOf(session: Session, key: string): Promise<unknown> {
  const { records } = await session.executeWrite((transaction) => transaction.run(ownQuery, { key }))
  return records.map((record) => [...record])
}
