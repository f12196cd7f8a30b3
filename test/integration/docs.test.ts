/** README and the pages of docs/ that are about the sample of `npm start`: every command and every statement, in the order of the page. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { loadSample, readSample } from '../../fixtures/payment-rings/load.ts'
import { loadConfig } from '../../src/config/load.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { nextQueries } from '../../src/pipeline/next-queries.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { zipOf } from '../graph/zip.ts'
import { blocksOf, commandsOf, repository } from '../support/page-blocks.ts'
import { fourMolecules, qm9Packed } from '../support/qm9-files.ts'
import { ringsAndChains } from '../support/rings-and-chains.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { readPage, rowCounts } from './support/page.ts'
import { testServer } from './support/server.ts'

/** In an order in which each finds what it is about: those that remove everything come last. */
const pages = [
  'docs/evaluation.md',
  'docs/models-and-runs.md',
  'docs/jobs-and-schedules.md',
  'docs/reading-masks.md',
  'docs/viewer.md',
  'docs/pictures.md',
  'docs/neo4j-browser.md',
  'README.md',
  'docs/import.md',
  'docs/library.md',
  'docs/what-is-written.md',
  'docs/performance.md',
  'docs/comparison.md',
  'docs/README.md',
  'docs/operations.md',
  'docs/commands.md',
]
/** Followed by tests of their own, or made from the code. */
const pagesElsewhere = [
  'docs/api.md',
  'docs/configuration.md',
  'docs/tutorial.md',
  ...['membership', 'property', 'neighbourhood', 'cypher'].map((kind) => `docs/projections/${kind}.md`),
]
const sampleSize = 60

let folder: string
let database: Database

/** The settings of the sample with a smaller network, which has learned enough after twenty epochs to predict both classes. */
function briefSettings() {
  const settings = parse(readFileSync(join(repository, 'fixtures', 'payment-rings', 'smg.config.yaml'), 'utf8'))
  return {
    ...settings,
    model: { ...settings.model, hidden: 16 },
    training: { epochs: 20, learningRate: 0.005, batchSize: 8 },
  }
}

/** For commands that train many times: what is tested here is that they run. */
function briefestSettings() {
  const search = { strategy: 'grid', parameters: { hidden: [3] } }
  return {
    ...briefSettings(),
    model: { hidden: 4, layers: 1 },
    training: { epochs: 1 },
    evaluation: { concurrency: 1, search },
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smg-docs-'))
  database = await openDatabase(testServer())
  await cleanDatabase(database)
  await loadSample(database, readSample().slice(0, sampleSize))
  writeFileSync(join(folder, 'smg.config.yaml'), stringify(briefSettings()))
  writeFileSync(join(folder, 'briefest.yaml'), stringify(briefestSettings()))
  mkdirSync(join(folder, 'of readme'))
  writeFileSync(join(folder, 'MUTAG.zip'), zipOf(ringsAndChains('MUTAG', 20)))
  writeFileSync(join(folder, 'QM9.zip'), zipOf(qm9Packed(fourMolecules)))
  const config = await loadConfig(join(folder, 'smg.config.yaml'))
  const settings = { ...config, modelDirectory: join(folder, config.modelDirectory) }
  for (const [runId, retrain] of [
    ['night-1', false],
    ['night-2', true],
  ] as const)
    await sync(database, settings, { now: () => new Date(), runId, retrain })
})

afterAll(async () => {
  await cleanDatabase(database)
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Of a database that is well. */
const findsNothing = /status: 'FAILED'|SmgLock/

/** After a command that writes a configuration: one epoch, so that the next command is quick. */
function shorten(command: string, place: string): void {
  if (!/^npx smg (init|import)\b/.test(command)) return
  const path = join(place, /--config (\S+)/.exec(command)?.[1] ?? 'smg.config.yaml')
  writeFileSync(path, stringify({ ...parse(readFileSync(path, 'utf8')), training: { epochs: 1 } }))
}

describe('README and docs/', () => {
  it('have no page that no test follows', () => {
    const found = readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    expect(found.sort()).toEqual([...pages, ...pagesElsewhere].filter((page) => page !== 'README.md').sort())
  })

  it('name no other commands than those of smg, but those that get and start it', () => {
    const all = [...pages, ...pagesElsewhere].flatMap((page) =>
      blocksOf(page).flatMap(({ language, text }) => (language === 'sh' ? commandsOf(text) : [])),
    )
    expect(all.filter((command) => !command.startsWith('npx smg '))).toEqual(['npm start', 'npm test', 'npm ci'])
  })

  it.each(pages)('%s shows commands that succeed and Cypher that finds something', async (page) => {
    // README begins without a configuration.
    const place = page === 'README.md' ? join(folder, 'of readme') : folder
    const { tables } = await readPage(page, {
      database,
      folder: place,
      wordsFor: (command) =>
        command.startsWith('npx smg evaluate ') || command === 'npx smg evaluate'
          ? ['--config', 'briefest.yaml', '--folds', '2']
          : [],
      onCommand: (command) => shorten(command, place),
    })
    for (const [statement, count] of rowCounts(tables))
      expect({ statement, isEmpty: count === 0 }).toEqual({ statement, isEmpty: findsNothing.test(statement) })
  })

  it('show library code that runs', async () => {
    const [block] = blocksOf('docs/library.md').filter(({ language }) => language === 'ts')
    const { uri, username, password } = testServer()
    const withServer = { ...briefSettings(), neo4j: { uri, username, password } }
    writeFileSync(join(folder, 'library.yaml'), stringify(withServer))
    const code = (block?.text ?? '')
      .replace("'soft-mask-neo4j'", JSON.stringify(join(repository, 'src', 'index.ts')))
      .replace("'smg.config.yaml'", JSON.stringify(join(folder, 'library.yaml')))
    writeFileSync(join(folder, 'library.mts'), code)
    const before = process.cwd()
    try {
      process.chdir(folder)
      await import(join(folder, 'library.mts'))
    } finally {
      process.chdir(before)
    }
    const { rows } = await database.query("MATCH (r:SmgRun {runId: 'night-1'}) RETURN r.status, r.scored", {})
    expect(rows).toEqual([['FINISHED', BigInt(sampleSize)]])
  })

  it('show the queries that sync suggests, as it prints them', async () => {
    const [transcript] = blocksOf('README.md').filter(({ language }) => language === 'text')
    const config = await loadConfig(join(repository, 'fixtures', 'payment-rings', 'smg.config.yaml'))
    for (const { cypher } of nextQueries(config)) expect(transcript?.text).toContain(cypher)
  })
})
