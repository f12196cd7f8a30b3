/** The commands around a sync, as people and programs run them: their output, their JSON, and what remove leaves. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { runSmg } from './support/run-smg.ts'
import { testServer } from './support/server.ts'
import { createSmallGraphs, smallCounts, smallSettings } from './support/small-projection.ts'
import { type Snapshot, snapshotOf } from './support/snapshot.ts'

const { graphs, nodes } = smallCounts

let folder: string
let database: Database
let original: Snapshot
/** What `smg check` said before there was a model, and `smg sync` the first time. */
let checked: unknown
let synced: Record<string, unknown>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-commands-'))
  database = await openDatabase(testServer())
  await cleanDatabase(database)
  await createSmallGraphs(database)
  original = await snapshotOf(database)
  await writeFile(join(folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models', { maskQuality: {} })))
  checked = await json('check')
  synced = await json('sync')
})
afterAll(async () => {
  await cleanDatabase(database)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

/** Standard output of a command that succeeds without a word on stderr but for its progress. */
async function stdoutOf(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await runSmg(words, { cwd: folder })
  expect({ words, code, stderr }).toEqual({
    words,
    code: 0,
    stderr: expect.stringMatching(/^((Reading|Training|Scoring|Checking): .*\n)*$/),
  })
  return stdout
}

async function json(...words: string[]) {
  return JSON.parse(await stdoutOf(...words, '--json'))
}

describe('smg check', () => {
  it('says what a sync would find and use, and changes nothing', () => {
    expect(checked).toEqual({
      server: expect.stringMatching(/^Neo4j \d+\.\d+ at bolt:/),
      database: testServer().database,
      backend: 'tensorflow',
      graphCount: graphs,
      trainGraphCount: 8,
      validationGraphCount: 2,
      testGraphCount: 2,
      task: 'classification',
      classes: ['chain', 'ring'],
      featureCount: 4,
      model: null,
      estimate: expect.objectContaining({ graphCount: 12, nodePropertiesWritten: 216 }),
      warnings: [],
    })
  })

  it('names the model that a sync would use', async () => {
    const table = await stdoutOf('check')
    expect(table).toMatch(/model +│ shapes:1 /)
    expect(table).toMatch(/All checks passed\.\n$/)
  })
})

describe('smg sync', () => {
  it('gives one JSON document with the fields of the contract', () => {
    const count = expect.toSatisfy((value) => Number.isInteger(value) && value >= 0)
    const byLayer = [expect.any(Number), expect.any(Number)]
    expect(synced).toEqual({
      runId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      model: 'shapes:1',
      trained: true,
      resumedFromEpoch: null,
      dryRun: false,
      graphCount: graphs,
      nodeCount: nodes,
      scored: graphs,
      added: graphs,
      changed: 0,
      unchanged: 0,
      retracted: 0,
      failed: 0,
      nodePropertiesWritten: 8 * graphs + 2 * nodes,
      readMillis: count,
      trainMillis: count,
      computeMillis: count,
      writeMillis: count,
      totalMillis: count,
      metrics: {
        accuracy: expect.any(Number),
        f1Macro: expect.any(Number),
        f1Weighted: expect.any(Number),
        rocAuc: expect.any(Number),
      },
      maskQuality: {
        graphCount: 2,
        share: 0.2,
        deletionFidelity: byLayer,
        randomDeletionFidelity: expect.any(Number),
        insertionFidelity: byLayer,
        randomInsertionFidelity: expect.any(Number),
        sparsity: byLayer,
        rocAuc: null,
        truthProperty: null,
        stability: null,
      },
      problems: [],
      warnings: [],
    })
  })

  it('says the second time that nothing changed, and what to try next', async () => {
    const summary = await stdoutOf('sync')
    expect(summary).toContain('Model shapes:1: held-out accuracy ')
    expect(summary).toContain(`scored: 0, unchanged: ${graphs}, retracted: 0, failed: 0, nodePropertiesWritten: 0\n`)
    expect(summary).toContain('Try next:')
  })

  it('prints the plan of a dry run', async () => {
    expect(await stdoutOf('sync', '--dry-run')).toContain(
      `Dry run, nothing written. ${graphs} graphs, ${nodes} nodes:\nadded: 0, changed: 0, removed: 0, unchanged: ${graphs}, failed: 0\n`,
    )
  })

  it('shows nothing with --quiet', async () => {
    expect(await runSmg(['sync', '--quiet'], { cwd: folder })).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

describe('smg masks', () => {
  it('gives the masks of one graph as they are stored, the highest of the last layer first', async () => {
    const { rows } = await database.query(
      `MATCH (a:Atom)-[:PART_OF]->(g:Molecule {moleculeId: 'm2'})
       RETURN a.atomId, [a.smgMaskLayer1, a.smgMaskLayer2], a.element, a.charge, g.smgPrediction, g.smgProbability
       ORDER BY a.smgMaskLayer2 DESC, a.atomId`,
      {},
    )
    expect(await json('masks', 'm2')).toEqual({
      key: 'm2',
      prediction: rows[0]?.[4],
      probability: rows[0]?.[5],
      probabilities: [expect.any(Number), expect.any(Number)],
      model: 'shapes:1',
      runId: synced['runId'],
      scoredAt: expect.stringMatching(/^\d{4}-.*Z$/),
      target: 'ring',
      members: rows.map(([key, masks, element, charge]) => ({
        key,
        masks,
        labels: ['Atom'],
        properties: { element, charge },
      })),
    })
  })

  it('says in one sentence that there is no such graph', async () => {
    const { code, stdout, stderr } = await runSmg(['masks', 'm99'], { cwd: folder })
    expect({ code, stdout, stderr }).toEqual({
      code: 3,
      stdout: '',
      stderr: "Cannot show masks: expected a (:Molecule) with moleculeId 'm99', found none\n",
    })
  })
})

describe('smg models list and smg runs list', () => {
  it('list the catalog', async () => {
    expect(await json('models', 'list')).toEqual([
      {
        name: 'shapes',
        version: '1',
        task: 'classification',
        variant: 'smg-jk',
        layers: 2,
        targetProperty: 'shape',
        classes: ['chain', 'ring'],
        accuracy: expect.any(Number),
        meanAbsoluteError: null,
        rootMeanSquaredError: null,
        current: true,
        storedIn: 'database',
        trainedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        report: null,
      },
    ])
    expect(await json('runs', 'list')).toEqual([
      {
        runId: synced['runId'],
        projection: 'molecules',
        model: 'shapes:1',
        status: 'FINISHED',
        startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        scored: graphs,
        unchanged: 0,
        failed: 0,
        nodePropertiesWritten: 8 * graphs + 2 * nodes,
        maskDeletionFidelity: [expect.any(Number), expect.any(Number)],
        maskRandomDeletionFidelity: expect.any(Number),
        maskRocAuc: null,
        report: null,
      },
    ])
  })
})

describe('smg query', () => {
  it('gives rows as objects, with parameters of their types', async () => {
    const cypher = 'UNWIND range(1, $n) AS i RETURN i, $name AS name, $half * i AS half, [1.5, null] AS list'
    expect(await json('query', cypher, '--param', 'n=2', '--param', 'name=a=b', '--param', 'half=0.5')).toEqual([
      { i: 1, name: 'a=b', half: 0.5, list: [1.5, null] },
      { i: 2, name: 'a=b', half: 1, list: [1.5, null] },
    ])
  })

  it('shows a table, and says where there are no rows', async () => {
    expect(await stdoutOf('query', "MATCH (g:Molecule {moleculeId: 'm1'}) RETURN g.shape AS shape")).toBe(
      '┌───────┐\n│ shape │\n├───────┤\n│ chain │\n└───────┘\n',
    )
    expect(await stdoutOf('query', 'MATCH (n:Molecule) WHERE false RETURN n')).toBe('No rows.\n')
  })

  it('is refused by the server where it would write', async () => {
    const { code, stderr } = await runSmg(['query', 'MATCH (n) DETACH DELETE n'], { cwd: folder })
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^Cannot run the query: .+\n$/) })
    // Beside model and run: projection, the two files of the model, and the changes of two transactions.
    expect((await snapshotOf(database)).nodes).toHaveLength(graphs + nodes + 7)
  })
})

describe('smg remove', () => {
  it('asks first, and refuses where nobody can answer', async () => {
    expect(await runSmg(['remove'], { cwd: folder })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Cannot ask for confirmation: expected a terminal; add --yes\n',
    })
  })

  it('leaves the database as it was before the first sync', async () => {
    expect(await json('remove', '--yes')).toEqual({
      nodeCount: graphs + nodes,
      nodePropertiesRemoved: 8 * graphs + 2 * nodes,
      relationshipCount: 0,
      relationshipPropertiesRemoved: 0,
      membershipsDeleted: 0,
      catalogNodesDeleted: 7,
      indexesDropped: ['smg_molecules_embedding'],
      constraintsDropped: [
        'smg_lock_key',
        'smg_model_key',
        'smg_model_part_key',
        'smg_projection_key',
        'smg_run_key',
        'smg_run_part_key',
      ],
    })
    expect(await snapshotOf(database)).toEqual(original)
  })
})
