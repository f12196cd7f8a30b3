/**
 * Ctrl-C, as the signal that a terminal sends to the process. A lock that the test holds, or training without end, stops the
 * command at a known point; the signal comes then.
 */
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { listModels, loadModel } from '../../src/model/checkpoint.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { type HeldLock, holdLock } from './support/held-lock.ts'
import { type RunningSmg, runSmg, startSmg } from './support/run-smg.ts'
import { createSmallGraphs, smallConfig, smallSettings, syncOptions } from './support/small-projection.ts'
import { snapshotOf, withoutPreparation } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const modelDirectory = () => join(place.folder, 'models')
const started: RunningSmg[] = []
const locks: HeldLock[] = []
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  for (const lock of locks.splice(0)) await lock.release()
})

const rows = async (statement: string) => (await place.database.query(statement, {})).rows

/** Asks the database until the statement gives a row, or the command ends. */
async function until(command: RunningSmg, statement: string): Promise<void> {
  let ended = false
  command.ended.finally(() => {
    ended = true
  })
  while ((await rows(statement)).length === 0)
    if (ended) throw new Error(`smg ended before: ${statement}\n${(await command.ended).stderr}`)
}

function start(words: readonly string[]): RunningSmg {
  const command = startSmg(words, { cwd: place.folder })
  started.push(command)
  return command
}

async function hold(statement: string): Promise<HeldLock> {
  const lock = await holdLock(statement)
  locks.push(lock)
  return lock
}

interface Start {
  readonly settings?: Readonly<Record<string, unknown>>
  readonly words?: readonly string[]
}

/** Starts `smg sync` in the folder of the test. */
async function startSync({ settings = {}, words = [] }: Start = {}): Promise<RunningSmg> {
  const file = smallSettings('models', { writing: { pageSize: 2 }, ...settings })
  await writeFile(join(place.folder, 'smg.config.yaml'), JSON.stringify(file))
  return start(['sync', ...words])
}

const interrupted = (phase: string) => ({
  code: 130,
  stdout: '',
  stderr: expect.stringMatching(
    new RegExp(`^(\\w+: [^\\n]*\\n)*Interrupted while ${phase}; what was written so far is complete\\n$`),
  ),
})

/** What the next syncs do: the rest, and then nothing. */
async function nextSyncs() {
  const config = smallConfig(modelDirectory())
  const next = await sync(place.database, config, syncOptions('run-next'))
  const { nodePropertiesWritten, unchanged } = await sync(place.database, config, syncOptions('run-after'))
  expect({ nodePropertiesWritten, unchanged }).toEqual({ nodePropertiesWritten: 0, unchanged: 12 })
  return next
}

const isThere = (path: string) => stat(path).then(Boolean, () => false)

interface WrittenGraph {
  readonly runId: unknown
  readonly model: unknown
  readonly properties: number
  readonly masks: readonly unknown[]
}

/** What is written about each graph, by its key. */
async function writtenGraphs(): Promise<Map<unknown, WrittenGraph>> {
  const graphs = await rows(
    `MATCH (g:Molecule)<-[:PART_OF]-(n:Atom)
     WITH g, n ORDER BY n.atomId
     RETURN g.moleculeId, g.smgRunId, g.smgModel, toFloat(size([p IN keys(g) WHERE p STARTS WITH 'smg'])),
            collect([n.smgMaskLayer1, n.smgMaskLayer2])`,
  )
  return new Map(
    graphs.map(([key, runId, model, properties, masks]) => [
      key,
      { runId, model, properties: Number(properties), masks: Array.isArray(masks) ? masks : [] },
    ]),
  )
}

describe('Ctrl-C', () => {
  it('while graphs are read ends with 130 and leaves the database as it was', async () => {
    await createSmallGraphs(place.database)
    await place.database.execute('DROP CONSTRAINT unique_Molecule_moleculeId', {})
    onTestFinished(() => cleanDatabase(place.database))
    const before = await snapshotOf(place.database)
    const lock = await hold("MATCH (g:Molecule {moleculeId: 'm1'}) SET g.locked = true")
    const command = await startSync()
    await until(
      command,
      "SHOW TRANSACTIONS YIELD metaData WHERE metaData.statement = 'create-key-index' RETURN metaData",
    )
    command.child.kill('SIGINT')
    await lock.release()
    expect(await command.ended).toEqual(interrupted('reading'))
    const after = await snapshotOf(place.database)
    expect(withoutPreparation(after)).toEqual(before)
    expect(after.indexes).toHaveLength(before.indexes.length + 2)
    expect(await nextSyncs()).toMatchObject({ trained: true, scored: 12, failed: 0 })
  })

  it('while a model is trained ends with 130, and leaves the database as it was and no model', async () => {
    await createSmallGraphs(place.database)
    const before = withoutPreparation(await snapshotOf(place.database))
    const command = await startSync({ settings: { training: { epochs: 1_000_000, patience: 1_000_000 } } })
    await command.said(/^Reading: /)
    command.child.kill('SIGINT')
    expect(await command.ended).toEqual(interrupted('training'))
    expect(withoutPreparation(await snapshotOf(place.database))).toEqual(before)
    expect(await listModels(modelDirectory())).toEqual([])
    // Another number of epochs is another training.
    expect(await nextSyncs()).toMatchObject({ trained: true, resumedFromEpoch: null, scored: 12, failed: 0 })
  })

  it('or a kill while a model is trained loses no more than seconds of it: the next sync makes the same model', async () => {
    await createSmallGraphs(place.database)
    const training = { epochs: 2000, patience: 2000, batchSize: 4, learningRate: 0.001 }
    const config = { model: { modelName: 'shapes', layers: 2, hidden: 4, dropout: 0.3 }, training }
    const undisturbed = join(place.folder, 'undisturbed')
    await sync(place.database, smallConfig(undisturbed, config), syncOptions('run-0'))

    const killed = await startSync({ settings: config, words: ['--retrain'] })
    const checkpoint = join(modelDirectory(), 'shapes', 'training-checkpoint.bin')
    while (!(await isThere(checkpoint))) if (killed.child.exitCode !== null) break
    killed.child.kill('SIGKILL')
    expect(await killed.ended).toMatchObject({ code: null })
    const { stdout, stderr } = await (await startSync({ settings: config, words: ['--retrain', '--json'] })).ended
    const { resumedFromEpoch, model } = JSON.parse(stdout)
    expect({ model, resumedFromEpoch }).toEqual({ model: 'shapes:2', resumedFromEpoch: expect.any(Number) })
    expect(stderr).toContain(`Training goes on after epoch ${resumedFromEpoch}, where it was ended before\n`)
    const [one, two] = [await loadModel(undisturbed, 'shapes'), await loadModel(modelDirectory(), 'shapes')]
    expect(two).toEqual({ ...one, version: '2', createdAt: two.createdAt })
    expect(await readdir(join(modelDirectory(), 'shapes'))).toEqual(['2'])
    expect(await rows('MATCH (r:SmgRun) RETURN r.resumedFromEpoch ORDER BY r.startedAt')).toEqual([
      [null],
      [BigInt(resumedFromEpoch)],
    ])
  })

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'while scores are written leaves each graph with one run, and the next sync does the rest (%s)',
    async (signal) => {
      await createSmallGraphs(place.database)
      await sync(place.database, smallConfig(modelDirectory()), syncOptions('run-1'))
      const before = await writtenGraphs()
      const lock = await hold("MATCH (g:Molecule {moleculeId: 'm4'}) SET g.locked = true")
      const training = { epochs: 3, randomSeed: 7 }
      const command = await startSync({ settings: { training, writing: { pageSize: 2 } }, words: ['--retrain'] })
      // The page before that of m4.
      await until(command, "MATCH (g:Molecule {moleculeId: 'm3'}) WHERE g.smgModel = 'shapes:2' RETURN g")
      command.child.kill(signal)
      const killed = signal === 'SIGKILL' ? await command.ended : undefined
      await lock.release()
      expect(killed ?? (await command.ended)).toEqual(
        killed ? { code: null, stdout: '', stderr: expect.any(String) } : interrupted('(scoring|writing|reading)'),
      )

      const after = await writtenGraphs()
      const rewritten = [...after].filter(([, { model }]) => model === 'shapes:2')
      expect(rewritten.length).toBeGreaterThan(0)
      expect(rewritten.length).toBeLessThan(12)
      for (const [key, graph] of after) {
        const old = before.get(key)
        if (graph.runId === 'run-1') expect(graph).toEqual(old)
        else {
          expect(graph).toMatchObject({ model: 'shapes:2', properties: 8 })
          graph.masks.forEach((masks, v) => {
            expect(masks).not.toEqual(old?.masks[v])
          })
        }
      }
      expect(await rows("MATCH (r:SmgRun) WHERE r.runId <> 'run-1' RETURN r.status")).toEqual([
        [killed ? 'RUNNING' : 'CANCELED'],
      ])
      expect(await nextSyncs()).toMatchObject({ trained: false, scored: 12 - rewritten.length, failed: 0 })
      for (const { model } of (await writtenGraphs()).values()) expect(model).toBe('shapes:2')
    },
  )

  it('while a data set is imported ends with 130 and whole graphs only, and the next import does the rest', async () => {
    const dataset = await writeDataset()
    await place.database.execute(
      'CREATE CONSTRAINT unique_WHEELS_graphId FOR (g:WHEELS) REQUIRE g.graphId IS UNIQUE',
      {},
    )
    // Three transactions: graphs 1 to 19, 20 to 38, and the rest.
    const lock = await hold("CREATE (:WHEELS {graphId: 'WHEELS-25'})")
    const command = start(['import', dataset])
    await until(command, "MATCH (g:WHEELS {graphId: 'WHEELS-19'}) RETURN g")
    command.child.kill('SIGINT')
    await lock.release()
    expect(await command.ended).toEqual(interrupted('(importing|reading WHEELS)'))
    const sizes = `MATCH (g:WHEELS)<-[:PART_OF]-(n:Node)
      WITH g, count(n) AS nodes, sum(COUNT { (n)-[:EDGE]->() }) AS edges
      RETURN toFloat(count(g)), collect(DISTINCT nodes), collect(DISTINCT edges)`
    const [[imported, ...sizesOfImported] = []] = await rows(sizes)
    expect(imported).toBeOneOf([19, 38])
    expect(sizesOfImported).toEqual([[50n], [1000n]])
    expect(await readdir(place.folder)).toEqual(['wheels'])

    const outcome = await runSmg(['import', dataset, '--json', '--quiet'], { cwd: place.folder })
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      graphsCreated: 50 - Number(imported),
      graphsAlreadyThere: imported,
    })
    expect(await rows(sizes)).toEqual([[50, [50n], [1000n]]])
  })
})

/** 50 graphs of 50 nodes in a circle, each joined to the next 20: 1051 rows of an import each. */
async function writeDataset(): Promise<string> {
  const folder = join(place.folder, 'wheels')
  await mkdir(folder)
  const range = (length: number) => Array.from({ length }, (_, i) => i)
  const edges = range(50).flatMap((g) =>
    range(50).flatMap((v) =>
      range(20).flatMap((step) => {
        const [a, b] = [50 * g + v + 1, 50 * g + ((v + step + 1) % 50) + 1]
        return [`${a}, ${b}`, `${b}, ${a}`]
      }),
    ),
  )
  const files = {
    A: edges,
    graph_indicator: range(2500).map((v) => Math.floor(v / 50) + 1),
    graph_labels: range(50).map((g) => g % 2),
  }
  for (const [suffix, lines] of Object.entries(files))
    await writeFile(join(folder, `WHEELS_${suffix}.txt`), `${lines.join('\n')}\n`)
  return folder
}
