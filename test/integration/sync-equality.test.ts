/** Same graphs, same configuration: same database, whatever the order and the sizes in which the graphs come. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { InterruptedError } from '../../src/errors.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { loadModel } from '../../src/model/checkpoint.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import type { KeyedGraph } from '../../src/pipeline/create-graphs.ts'
import { sync } from '../../src/pipeline/sync.ts'
import type { SyncOptions } from '../../src/pipeline/sync-options.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { testServer } from './support/server.ts'
import { createSmallGraphs, smallConfig, smallGraphs, syncOptions } from './support/small-projection.ts'
import { farthest, parted, type Snapshot, snapshotOf } from './support/snapshot.ts'

let folder: string
let database: Database
/** Times, and where the models are: in a folder of each sync's own. */
const ignored = /Millis$|^folder$|^config$/

beforeAll(async () => {
  database = await openDatabase(testServer())
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-equality-'))
  await cleanDatabase(database)
  return () => rm(folder, { recursive: true, force: true })
})
afterAll(async () => {
  await cleanDatabase(database)
  await database.close()
})

/** The database after a sync of `graphs`, created in their order, with a model trained on them in `modelFolder`. */
async function databaseAfter(
  graphs: readonly KeyedGraph[],
  modelFolder: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Snapshot> {
  await cleanDatabase(database)
  await createSmallGraphs(database, graphs)
  await sync(database, smallConfig(join(folder, modelFolder), settings), syncOptions('run'))
  return snapshotOf(database, ignored)
}

/** The same graph with its members and relationships the other way round. */
function turnedRound({ members, relationships, ...graph }: KeyedGraph): KeyedGraph {
  const last = BigInt(members.length - 1)
  return {
    ...graph,
    members: members.toReversed(),
    relationships: relationships.map(([a, b, own]) => [last - a, last - b, own] as const).toReversed(),
  }
}

/** The same graph with a number to predict: its atoms and its bonds. */
function withSize({ properties, members, relationships, ...graph }: KeyedGraph): KeyedGraph {
  const size = BigInt(members.length + relationships.length)
  return { ...graph, members, relationships, properties: { ...properties, size } }
}

const model = { modelName: 'shapes', layers: 2, hidden: 4 }

describe('a sync', () => {
  it.each([
    ['a class', { model }],
    [
      'a number',
      { model: { ...model, task: 'regression', variant: 'm-smg', readout: 'mean' }, targetProperty: 'size' },
    ],
  ])(
    'learns and writes the same, whatever the order in which graphs, members and relationships are stored: %s',
    async (_target, settings) => {
      const graphs = smallGraphs().map(withSize)
      const straight = await databaseAfter(graphs, 'straight', settings)
      const reversed = await databaseAfter(graphs.map(turnedRound).reverse(), 'reversed', settings)
      expect(reversed).toEqual(straight)
      const [one, other] = await Promise.all([
        loadModel(join(folder, 'straight'), 'shapes'),
        loadModel(join(folder, 'reversed'), 'shapes'),
      ])
      expect(other).toEqual(one)
    },
  )

  // Sums of other lengths are added up in another order: the last bits of 32-bit floats may differ, and nothing else.
  it.each([
    [1, 1],
    [5, 3],
  ])(
    'writes the same but for rounding with pages of %i and %i transactions at a time',
    async (pageSize, concurrency) => {
      const whole = parted(await databaseAfter(smallGraphs(), 'whole', { writing: { pageSize: 100, concurrency: 4 } }))
      const other = parted(await databaseAfter(smallGraphs(), 'other', { writing: { pageSize, concurrency } }))
      expect(other.texts).toEqual(whole.texts)
      expect(farthest(other.numbers, whole.numbers)).toBeLessThan(1e-6)
    },
  )
})

describe('the tensors', () => {
  it('are all given back by a sync that trains, one that scores, and one that is interrupted in either', async () => {
    const { tf } = await loadBackend()
    await createSmallGraphs(database)
    const config = smallConfig(folder)
    let runs = 0
    const tensorsAfter = async (options: Partial<SyncOptions>) => {
      await sync(database, config, syncOptions(`run-${++runs}`, options)).catch((thrown: unknown) => {
        if (!(thrown instanceof InterruptedError)) throw thrown
      })
      return tf.memory().numTensors
    }
    const interruptedIn = (interrupted: 'train' | 'score'): Partial<SyncOptions> => {
      const controller = new AbortController()
      return {
        retrain: true,
        signal: controller.signal,
        onProgress: (phase) => phase === interrupted && controller.abort(),
      }
    }
    const before = tf.memory().numTensors
    expect(await tensorsAfter({})).toBe(before)
    await database.execute("MATCH (a:Atom) SET a.element = 'C'", {})
    expect(await tensorsAfter({})).toBe(before)
    expect(await tensorsAfter(interruptedIn('train'))).toBe(before)
    expect(await tensorsAfter(interruptedIn('score'))).toBe(before)
  })
})
