/** `smg view` on a real database, in a real browser. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Config } from '../../../src/config/schema.ts'
import { type Database, openDatabase } from '../../../src/neo4j/database.ts'
import { sync } from '../../../src/pipeline/sync.ts'
import { readViewedGraph } from '../../../src/pipeline/view/read-viewed-graph.ts'
import { projectionsOfCatalog } from '../../../src/pipeline/view/viewed-projections.ts'
import { viewerRoutes } from '../../../src/pipeline/view/viewer-routes.ts'
import { whatIf } from '../../../src/pipeline/what-if.ts'
import { type HttpServer, startHttpServer } from '../../../src/viewer/http-server.ts'
import { maskColour } from '../../../src/viewer/mask-colour.ts'
import { startChromium, watchedPage } from '../../browser/support/chromium.ts'
import { drawnNode, laidOut } from '../../browser/support/drawn-page.ts'
import { cleanDatabase } from '../support/clean-database.ts'
import { runSmg, startSmg } from '../support/run-smg.ts'
import { testServer } from '../support/server.ts'
import { createSmallGraphs, smallConfig, smallSettings, syncOptions } from '../support/small-projection.ts'

let folder: string
let database: Database
let config: Config
let server: HttpServer
let browser: Browser
const stop = new AbortController()
const token = 'open sesame'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-view-'))
  database = await openDatabase(testServer())
  await cleanDatabase(database)
  await createSmallGraphs(database)
  config = smallConfig(join(folder, 'models'))
  await writeFile(join(folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models')))
  await sync(database, config, syncOptions('night-1'))
  const routes = viewerRoutes({
    database,
    projections: projectionsOfCatalog(database),
    version: '1',
    signal: stop.signal,
  })
  server = await startHttpServer({ host: '127.0.0.1', port: 0, token, routes })
  browser = await startChromium()
})
afterAll(async () => {
  stop.abort()
  await browser.close()
  await server.close()
  await cleanDatabase(database)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

/** Masks as a query gets them, by member. */
async function storedMasks(key: string): Promise<Map<string, readonly number[]>> {
  const { rows } = await database.query(
    `MATCH (n:Atom)-[:PART_OF]->(:Molecule {moleculeId: $key})
     RETURN n.atomId, [n.smgMaskLayer1, n.smgMaskLayer2]`,
    { key },
  )
  return new Map(rows.map(([atom, masks]) => [String(atom), Array.isArray(masks) ? masks.map(Number) : []]))
}

/** Colours of the picture against masks of the database, over the whole scale from 0 to 1. */
async function expectColours(page: Page, key: string, masks: ReadonlyMap<string, readonly number[]>) {
  await page.$eval('#stretched', (box) => box instanceof HTMLInputElement && box.checked && box.click())
  const { nodes } = await readViewedGraph(database, config, key)
  expect(nodes.map((node) => node.key).sort()).toEqual([...masks.keys()].sort())
  for (const layer of [0, 1])
    for (const [place, node] of nodes.entries())
      expect((await drawnNode(page, place, layer)).color).toBe(
        maskColour(masks.get(node.key)?.[layer] ?? Number.NaN, 'light'),
      )
}

describe('smg view', () => {
  it('writes a file that shows what the database has', async () => {
    const out = join(folder, 'graphs.html')
    const { code, stdout } = await runSmg(['view', 'm3', 'm2', '--out', out, '--json'], { cwd: folder })
    expect({ code, ...JSON.parse(stdout) }).toEqual({ code: 0, out, graphCount: 2 })
    const { page, complaints, requests } = await watchedPage(browser)
    await page.goto(pathToFileURL(out).href)
    await laidOut(page)
    await expectColours(page, 'm3', await storedMasks('m3'))
    expect(complaints).toEqual([])
    expect(requests).toHaveLength(1)
    await page.close()
  })

  it('takes the surest graphs where none is named, and says what to do where there is none', async () => {
    const out = join(folder, 'surest.html')
    await runSmg(['view', '--limit', '2', '--out', out], { cwd: folder })
    const { rows } = await database.query(
      'MATCH (g:Molecule) RETURN g.moleculeId ORDER BY g.smgProbability DESC, g.moleculeId LIMIT 2',
      {},
    )
    const data = /id="smg-data">(.*?)<\/script>/s.exec(await readFile(out, 'utf8'))?.[1] ?? ''
    expect(JSON.parse(data).graphs.map((graph: { key: string }) => [graph.key])).toEqual(rows)
    expect(await runSmg(['view', 'm99', '--out', out], { cwd: folder })).toMatchObject({
      code: 3,
      stderr: "Cannot show masks: expected a (:Molecule) with moleculeId 'm99', found none\n",
    })
  })
})

describe('beyond loopback', () => {
  it('asks for a token, which its address has, and ends with 0 at SIGTERM', async () => {
    const viewer = startSmg(['view', 'm2', '--host', '0.0.0.0', '--port', '0', '--json'], { cwd: folder })
    const said = await viewer.said(/^Showing graphs at/)
    const [, port = '', address = ''] =
      /http:\/\/0\.0\.0\.0:(\d+)(\/\?token=[\w-]{32})#projection=molecules&key=m2;/.exec(said) ?? []
    const open = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' })
    expect([(await open('/')).status, (await open('/api/projections')).status]).toEqual([401, 401])
    const entered = await open(address)
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/'])
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
    const asked = await fetch(`http://127.0.0.1:${port}/api/projections`, { headers: { cookie } })
    expect(await asked.json()).toMatchObject([{ name: 'molecules', targetProperty: 'shape' }])
    viewer.child.kill('SIGTERM')
    expect(await viewer.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('stoppedAt') })
  })
})

describe('the served viewer', () => {
  it('asks for the token, then shows graphs, their masks, and what would be without members', async () => {
    expect((await fetch(server.url)).status).toBe(401)
    const { page, complaints, requests } = await watchedPage(browser)
    await page.goto(
      `${server.url}/?token=${encodeURIComponent(token)}#${new URLSearchParams({ projection: 'molecules', key: 'm2' })}`,
    )
    await laidOut(page)
    expect(page.url()).not.toContain('token')
    await expectColours(page, 'm2', await storedMasks('m2'))

    // Switch off the node with the highest mask of the first layer.
    await page.focus('.canvas')
    await page.keyboard.press('ArrowDown')
    const off = await page.$eval('.card h2', (title) => title.textContent ?? '')
    await page.keyboard.press('x')
    await page.waitForSelector('#what-if-verdict')
    const { withoutThem, masks } = await whatIf(database, config, { key: 'm2', without: [off] })
    expect(await page.$eval('#what-if-verdict', (verdict) => verdict.textContent)).toBe(
      `without 1 of its members ${withoutThem.prediction}`,
    )
    await expectColours(page, 'm2', new Map(masks.map((member) => [String(member.key), member.masks])))
    const cypher = await page.$eval('pre', (shown) => shown.textContent ?? '')
    expect(cypher).toContain(`:param without => ['${off}'];`)
    const { rows } = await database.query(cypher.split(';\n').at(-1)?.split('\n\n')[0] ?? '', {
      key: 'm2',
      without: [off],
    })
    expect(rows.map(([atom]) => atom).sort()).toEqual(
      [...(await storedMasks('m2')).keys()].filter((atom) => atom !== off).sort(),
    )

    expect(complaints).toEqual([])
    expect(requests.every((url) => url.startsWith(server.url))).toBe(true)
    await page.close()
  })

  it('has reports on the model and the run of a graph, a link away', async () => {
    const { page, complaints } = await watchedPage(browser)
    await page.goto(
      `${server.url}/?token=${encodeURIComponent(token)}#${new URLSearchParams({ projection: 'molecules', key: 'm2' })}`,
    )
    await laidOut(page)
    const links = await page.$$eval('.summary a', (found) => found.map((link) => link.href))
    expect(links.map((link) => link.slice(server.url.length))).toEqual([
      '/reports/model?name=shapes&version=1',
      '/reports/run?id=night-1',
    ])
    for (const [link, title] of [
      [links[0], 'shapes:1'],
      [links[1], 'night-1'],
    ] as const) {
      await page.goto(link ?? '')
      expect(await page.$eval('h1', (heading) => heading.textContent)).toContain(title)
    }
    expect(complaints).toEqual([])
    await page.close()
  })

  it('lists graphs by key, class, probability and disagreement, page by page', async () => {
    const ask = async (filter: Readonly<Record<string, string>>) => {
      const words = new URLSearchParams({ projection: 'molecules', ...filter })
      const response = await fetch(`${server.url}/api/graphs?${words}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return response.json()
    }
    const keysOf = (page: { graphs: readonly { key: string }[] }) => page.graphs.map(({ key }) => key)
    const { rows } = await database.query(
      `MATCH (g:Molecule) RETURN g.moleculeId, g.smgPrediction, g.smgProbability, g.shape
       ORDER BY g.smgProbability DESC, g.moleculeId`,
      {},
    )
    const wanted = (isWanted: (prediction: unknown, probability: number, shape: unknown) => boolean) =>
      rows
        .filter(([, prediction, probability, shape]) => isWanted(prediction, Number(probability), shape))
        .map(([key]) => key)
    expect(keysOf(await ask({}))).toEqual(wanted(() => true))
    expect(keysOf(await ask({ search: 'm1' }))).toEqual(wanted(() => true).filter((key) => String(key).includes('m1')))
    expect(keysOf(await ask({ prediction: 'ring' }))).toEqual(wanted((prediction) => prediction === 'ring'))
    expect(keysOf(await ask({ disagreeing: 'true' }))).toEqual(wanted((prediction, _, shape) => prediction !== shape))
    expect(keysOf(await ask({ minProbability: '0.5', maxProbability: '0.6' }))).toEqual(
      wanted((_, probability) => probability >= 0.5 && probability <= 0.6),
    )
    expect(await ask({ from: '10' })).toMatchObject({ graphs: [{}, {}], next: null })
    expect(await ask({ from: 'x' })).toEqual({ error: "Cannot answer: expected a number as from, got 'x'" })
    expect(await ask({ projection: 'cases' })).toEqual({
      error: "Cannot show graphs: expected one of the projections 'molecules', got 'cases'",
    })
  })
})
