/** Runs every code block of README.md, in its order, on the test server. */

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { loadSample } from '../../fixtures/payment-rings/load.ts'
import { loadConfig, parseConfig } from '../../src/config/load.ts'
import { projectionKinds } from '../../src/config/schema.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { nextQueries } from '../../src/pipeline/next-queries.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { zipOf } from '../graph/zip.ts'
import { membershipOf } from '../support/membership-of.ts'
import { fourMolecules, qm9Packed } from '../support/qm9-files.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { runSmg } from './support/run-smg.ts'
import { testServer } from './support/server.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const readme = readFileSync(join(repository, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
  language,
  text,
}))
const blocksOf = (wanted: string) => blocks.filter(({ language }) => language === wanted).map(({ text }) => text)
const benchmark = join(repository, '..', 'shared', 'data', 'MUTAG.zip')
/** Too few epochs to learn much: what is tested here is that the commands run. */
const fewEpochs = 2

describe('README.md', () => {
  let folder: string
  let database: Database

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smg-readme-'))
    database = await openDatabase(testServer())
    await cleanDatabase(database)
    await loadSample(database)
    const configPath = join(folder, 'smg.config.yaml')
    cpSync(join(repository, 'fixtures', 'payment-rings', 'smg.config.yaml'), configPath)
    const config = await loadConfig(configPath)
    const settings = {
      ...config,
      modelDirectory: join(folder, config.modelDirectory),
      training: { ...config.training, epochs: fewEpochs },
    }
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

  it('has only code blocks that this test knows how to run', () => {
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['sh', 'text', 'cypher', 'yaml', 'ts']))
  })

  it.each(blocksOf('cypher').map((cypher) => [cypher.split('\n', 1)[0], cypher]))(
    'shows Cypher that the server runs: %s …',
    async (_first, cypher = '') => {
      const isWrite = /^(CREATE|SET)\b/m.test(cypher)
      const { rows } = await (isWrite ? database.execute(cypher, {}) : database.query(cypher, {}))
      // Nothing was evaluated here, and the sample has graph nodes.
      expect(rows.length > 0).toBe(!isWrite && !/SmgEvaluation|SMG_MEMBER_OF/.test(cypher))
    },
  )

  it('shows the queries that sync suggests, as it prints them', async () => {
    const [transcript] = blocksOf('text')
    for (const { cypher } of nextQueries(await loadConfig(join(folder, 'smg.config.yaml'))))
      expect(transcript).toContain(cypher)
  })

  it('shows a configuration whose optional keys have their defaults', () => {
    const shown = parseConfig(parse(blocksOf('yaml').at(-1) ?? ''), 'README.md')
    const { featureProperties, targetProperty } = shown
    const { name, graphLabel, graphKey, nodeLabels, nodeKey, membershipType, relationshipTypes, changedSinceProperty } =
      membershipOf(shown)
    expect(changedSinceProperty).toBe('changedAt')
    const required = {
      name,
      graphLabel,
      graphKey,
      nodeLabels,
      nodeKey,
      membershipType,
      relationshipTypes,
      changedSinceProperty,
    }
    const defaults = parseConfig({ projection: required, featureProperties, targetProperty }, 'defaults')
    const { learningRateDecay, ...training } = shown.training
    const { truthProperty, minimumFidelityRatio, minimumRocAuc, ...maskQuality } = shown.maskQuality
    const { relationshipWeightProperty, ...rest } = shown
    expect([truthProperty, minimumFidelityRatio, minimumRocAuc]).toEqual(['inRing', 1.5, 0.9])
    expect(relationshipWeightProperty).toBe('amount')
    expect(learningRateDecay).toEqual({ every: 50, factor: 0.75 })
    expect({ ...rest, training, maskQuality }).toEqual(defaults)
  })

  it('shows a projection of each other kind', () => {
    const shown = blocksOf('yaml')
      .slice(0, -1)
      .map((block) => parseConfig({ ...parse(block), targetProperty: 'suspicious' }, 'README.md').projection)
    expect(shown.map(({ kind }) => kind)).toEqual(projectionKinds.slice(1))
  })

  it('shows library code that runs', async () => {
    const [code = ''] = blocksOf('ts')
    const { uri, username, password } = testServer()
    const configPath = join(folder, 'smg.config.yaml')
    const withServer = { ...parse(readFileSync(configPath, 'utf8')), neo4j: { uri, username, password } }
    const library = join(folder, 'library')
    const script = `process.chdir(${JSON.stringify(folder)})\n${code
      .replace("'soft-mask-neo4j'", JSON.stringify(join(repository, 'src', 'index.ts')))
      .replace("'smg.config.yaml'", "'library.yaml'")}`
    writeFileSync(join(folder, 'library.yaml'), stringify(withServer))
    writeFileSync(`${library}.mts`, script)
    await import(`${library}.mts`)
  })

  const commands = blocksOf('sh').flatMap((text) =>
    text
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== ''),
  )

  it('names no other commands than the two of npm and smg itself', () => {
    const others = commands.filter((command) => !command.startsWith('npx smg '))
    expect(others).toEqual(['npm start', 'npm test'])
  })

  it('shows commands that succeed, one after the other', async () => {
    const hasBenchmark = existsSync(benchmark)
    if (hasBenchmark) cpSync(benchmark, join(folder, 'MUTAG.zip'))
    writeFileSync(join(folder, 'QM9.zip'), zipOf(qm9Packed(fourMolecules)))
    const config = parse(readFileSync(join(folder, 'smg.config.yaml'), 'utf8'))
    const search = { strategy: 'grid', parameters: { hidden: [3] } }
    const brief = {
      ...config,
      model: { hidden: 4, layers: 1 },
      training: { epochs: 1 },
      evaluation: { search, concurrency: 1 },
    }
    writeFileSync(join(folder, 'brief.yaml'), stringify(brief))
    const briefly = ['--config', 'brief.yaml', '--folds', '2']
    const removal = 'npx smg remove --yes'
    // At the end: what is shown after it is of a database that has been synced.
    const ofSmg = commands.filter((line) => line.startsWith('npx smg ') && line !== removal)
    for (const command of [...ofSmg, removal]) {
      if (/mutag/i.test(command) && !hasBenchmark) continue
      const words = [...wordsOf(command.slice('npx smg '.length)), ...(command.includes('smg evaluate') ? briefly : [])]
      const { code, stderr } = await runSmg(words, { cwd: folder })
      expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({ command, code: 0, stderr: '' })
      const written = / import .*--config (\S+)/.exec(command)?.[1]
      if (written !== undefined) setEpochs(join(folder, written))
    }
  })
})

/** Replaces the training settings of a configuration. */
function setEpochs(file: string): void {
  writeFileSync(file, stringify({ ...parse(readFileSync(file, 'utf8')), training: { epochs: fewEpochs } }))
}

/** Words as a shell splits them, single quotes kept together. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
