/** Reports and pictures as people ask for them: what is drawn is what the database has, and the catalog says where it is. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { listRuns } from '../../src/neo4j/run-catalogue.ts'
import { evaluationReportOf } from '../../src/pipeline/reports/evaluation-report.ts'
import { runReport } from '../../src/pipeline/reports/run-report.ts'
import { trainingReport } from '../../src/pipeline/reports/training-report.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { maskColour } from '../../src/viewer/mask-colour.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { runSmg } from './support/run-smg.ts'
import { testServer } from './support/server.ts'
import { createSmallGraphs, smallConfig, smallCounts, smallSettings, syncOptions } from './support/small-projection.ts'

let folder: string
let database: Database
const settings = {
  training: { epochs: 3, batchSize: 4, learningRate: 0.01, validationFraction: 0.3 },
  evaluation: { validationFolds: 2, concurrency: 1 },
}
const run = (runId: string, day: number) =>
  sync(
    database,
    smallConfig(join(folder, 'models'), settings),
    syncOptions(runId, { now: () => new Date(Date.UTC(2026, 0, day)) }),
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-reports-'))
  database = await openDatabase(testServer())
  await cleanDatabase(database)
  await createSmallGraphs(database)
  // The key of one molecule is markup.
  await database.execute("MATCH (m:Molecule {moleculeId: 'm2'}) SET m.moleculeId = '<b>m2</b>'", {})
  await writeFile(join(folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models', settings)))
  await run('night-1', 1)
})
afterAll(async () => {
  await cleanDatabase(database)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function smg(...words: string[]) {
  const outcome = await runSmg(words, { cwd: folder })
  expect({ words, code: outcome.code, stderr: outcome.code === 0 ? '' : outcome.stderr }).toEqual({
    words,
    code: 0,
    stderr: '',
  })
  return outcome
}
const rows = async (cypher: string) => (await database.query(cypher, {})).rows
const fileText = (name: string) => readFile(join(folder, name), 'utf8')
const textOf = (page: string) => page.replace(/<style>.*?<\/style>|<[^>]*>/gs, ' ').replace(/\s+/g, ' ')
/** How many each bar of the histogram with this title counts. */
function barsOf(page: string, title: string): number[] {
  const [figure = ''] = page.split(`<figcaption>${title}`).slice(1)
  return Array.from((figure.split('</figure>')[0] ?? '').matchAll(/: (\d+)<\/title>/g), ([, count]) => Number(count))
}
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

describe('smg masks --svg', () => {
  it('draws every member in the colour of its mask in the database, layer by layer', async () => {
    await smg('masks', '<b>m2</b>', '--svg', 'm2.svg', '--label', 'element')
    const columns = (await fileText('m2.svg')).split('<use ').slice(1)
    expect(columns).toHaveLength(2)
    for (const [k, column] of columns.entries()) {
      const drawn = Array.from(column.matchAll(/fill="(#\w+)"[^>]*><title>([^:]*): /g), ([, fill, key]) => [key, fill])
      const stored = await rows(
        `MATCH (a:Atom)-[:PART_OF]->(:Molecule {moleculeId: '<b>m2</b>'}) RETURN a.atomId, a.smgMaskLayer${k + 1}`,
      )
      expect(drawn.sort()).toEqual(stored.map(([key, mask]) => [key, maskColour(Number(mask), 'light')]).sort())
    }
  })

  it('makes a sheet of several graphs, and shows names with markup in them as text', async () => {
    await smg('masks', '<b>m2</b>', 'm3', '--svg', 'sheet.svg')
    const svg = await fileText('sheet.svg')
    expect(svg).not.toContain('<b>')
    expect(svg.match(/Graph (&lt;b&gt;m2&lt;\/b&gt;|m3)</g)).toHaveLength(2)
  })

  it('writes one layer as PNG of the width that is asked for, and says so as JSON', async () => {
    const { stdout } = await smg('masks', 'm3', '--png', 'm3.png', '--layer', '2', '--width', '800', '--json')
    expect(JSON.parse(stdout)).toEqual({ graphs: ['m3'], files: ['m3.png'] })
    expect((await readFile(join(folder, 'm3.png'))).readUInt32BE(16)).toBe(800)
  })

  it('says before any work that a picture has no place', async () => {
    expect((await runSmg(['masks', 'm3', '--svg', 'nowhere/x.svg'], { cwd: folder })).stderr).toMatch(
      /^Cannot write the picture nowhere\/x.svg: ENOENT/,
    )
  })
})

describe('smg runs report', () => {
  it('counts what the database has: classes, probabilities, masks of every layer', async () => {
    const page = await runReport(database, 'night-1')
    const [[chains, rings] = []] = await rows(
      "MATCH (m:Molecule) RETURN count(CASE m.smgPrediction WHEN 'chain' THEN 1 END), count(CASE m.smgPrediction WHEN 'ring' THEN 1 END)",
    )
    expect(page).toContain(`<td>chain</td><td>6</td><td>${chains}</td>`)
    expect(page).toContain(`<td>ring</td><td>6</td><td>${rings}</td>`)
    expect(sum(barsOf(page, 'graphs by the probability'))).toBe(smallCounts.graphs)
    for (const layer of [1, 2]) {
      const stored = await rows(
        `MATCH (a:Atom) WITH toInteger(20 * a.smgMaskLayer${layer}) AS interval RETURN interval, count(*) ORDER BY interval`,
      )
      const counts = new Array<number>(20).fill(0)
      for (const [interval, count] of stored) counts[Number(interval)] = Number(count)
      expect(barsOf(page, `nodes by their mask in layer ${layer},`)).toEqual(counts)
    }
    expect(textOf(page)).toContain(`0 predictions changed, 0 did not, ${smallCounts.graphs} graphs are new`)
  })

  it('counts the graphs that still have their scores of the run', async () => {
    await database.execute("MATCH (a:Atom {atomId: 'm5-1'}) SET a.charge = 0.9", {})
    await run('night-2', 2)
    const page = await runReport(database, 'night-2')
    expect(textOf(page)).toContain('1 graphs have their scores of this run')
    expect(textOf(page)).toMatch(
      /Against what the graphs had before, of the previous run: \d predictions changed, \d did not, 0 graphs are new/,
    )
    expect(textOf(await runReport(database, 'night-1'))).toContain(
      `${smallCounts.graphs - 1} graphs have their scores of this run`,
    )
  })

  it('is written to a file, which the run names from then on', async () => {
    expect((await smg('runs', 'report', 'night-1', 'run.html')).stdout).toBe('Wrote run.html\n')
    const url = pathToFileURL(join(folder, 'run.html')).href
    expect(await fileText('run.html')).toContain('<title>Run night-1</title>')
    expect((await smg('runs', 'show', 'night-1')).stdout).toContain(`report: ${url}\n`)
    const listed = await database.run(listRuns, {}, {})
    expect(listed.map((row) => [row['runId'], row['report']])).toEqual([
      ['night-2', null],
      ['night-1', url],
    ])
  })

  it('says that there is no such run', async () => {
    await expect(runReport(database, 'x')).rejects.toThrow(
      "Cannot report on the run 'x': there is none of that id; 'smg runs list' shows them",
    )
  })
})

describe('smg models report', () => {
  it('draws the history of the model, and the model names it', async () => {
    await smg('models', 'report', 'shapes', 'model.html')
    const page = await fileText('model.html')
    expect(page).toContain('<title>Training of shapes:1</title>')
    expect(page).toBe(await trainingReport(database, 'shapes', '1'))
    expect(await rows('MATCH (m:SmgModel) RETURN m.report')).toEqual([[pathToFileURL(join(folder, 'model.html')).href]])
  })
})

describe('smg evaluations report', () => {
  it('shows of the catalog what the evaluation said when it was done', async () => {
    await smg('evaluate', '--compare', 'linear', '--report', 'full.html')
    const [[evaluationId, report] = []] = await rows('MATCH (e:SmgEvaluation) RETURN DISTINCT e.evaluationId, e.report')
    expect(report).toBe(pathToFileURL(join(folder, 'full.html')).href)
    await smg('evaluations', 'report', String(evaluationId), 'kept.html')
    const [full, kept] = await Promise.all(['full.html', 'kept.html'].map(fileText))
    const tables = (page = '') =>
      page.match(/<table>(?!\n<tr><td>target)[\s\S]*?<\/table>|<table class[\s\S]*?<\/table>/g)
    expect(tables(kept)).toEqual(tables(full))
    const boldCurves = (page = '') => page.match(/<path class="bold"[^>]*>/g)
    expect(boldCurves(kept)?.length).toBeGreaterThan(2)
    expect(boldCurves(kept)).toHaveLength(boldCurves(full)?.length ?? 0)
    const points = (page = '') => page.match(/<circle class="point"[^>]*>/g)
    expect(points(kept)).toEqual(points(full))
    await expect(evaluationReportOf(database, 'x')).rejects.toThrow("'x': there is none of that id")
  })
})

it('is gone from the catalog once everything is removed', async () => {
  await removeEverything(database, 'smg')
  expect(await rows('MATCH (n) WHERE n.report IS NOT NULL RETURN count(n)')).toEqual([[0n]])
})
