/** The page of the viewer as a file, in a real browser. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { maskColour, type Theme } from '../../src/viewer/mask-colour.ts'
import { viewerPage } from '../../src/viewer/page-html.ts'
import type { ViewedGraph } from '../../src/viewer/viewed-graph.ts'
import { chainGraph } from '../support/viewed-graphs.ts'
import { startChromium, type WatchedPage, watchedPage } from './support/chromium.ts'
import { drawnNode, laidOut, pixelsAt } from './support/drawn-page.ts'

let browser: Browser
let folder: string
const opened: WatchedPage[] = []

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['scripts/build-page.mjs'])
  folder = await mkdtemp(join(tmpdir(), 'smg-viewer-'))
  browser = await startChromium()
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})
/** Whatever a test does: no complaint, and nobody is asked but for the file itself. */
afterEach(async () => {
  for (const { page, complaints, requests } of opened.splice(0)) {
    expect(complaints).toEqual([])
    expect(requests.filter((url) => url !== page.url().split('#')[0])).toEqual([])
    await page.close()
  }
})

interface OpenOptions {
  readonly theme?: Theme
  readonly width?: number
}

async function open(graphs: readonly ViewedGraph[], { theme = 'light', width = 1200 }: OpenOptions = {}) {
  const file = join(folder, 'graphs.html')
  await writeFile(file, (await viewerPage({ kind: 'file', version: '1', madeAt: '2026-01-02T03:04:05Z', graphs })).html)
  const watched = await watchedPage(browser)
  opened.push(watched)
  const { page } = watched
  await page.setViewport({ width, height: 900 })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
  await page.goto(pathToFileURL(file).href)
  return page
}

async function openLaidOut(graph: ViewedGraph, options?: OpenOptions) {
  const page = await open([graph], options)
  await laidOut(page)
  return page
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (found) => found.textContent ?? '')
const textsOf = (page: Page, selector: string) =>
  page.$$eval(selector, (found) => found.map(({ textContent }) => textContent ?? ''))

describe('the picture', () => {
  it.each(['light', 'dark'] as const)('has each node in the colour of its mask in each layer: %s', async (theme) => {
    const graph = chainGraph(5)
    const page = await openLaidOut(graph, { theme })
    for (const layer of [0, 1]) {
      const nodes = await Promise.all(graph.nodes.map((_, node) => drawnNode(page, node, layer)))
      const pixels = await pixelsAt(page, nodes)
      graph.nodes.forEach(({ masks }, node) => {
        const wanted = maskColour(masks[layer] ?? Number.NaN, theme)
        expect(nodes[node]?.color).toBe(wanted)
        expect(pixels[node], `node ${node} of layer ${layer + 1}`).toEqual(channelsNear(wanted))
      })
    }
  })

  it('has one layout for all layers', async () => {
    const page = await openLaidOut(chainGraph(5))
    const [first, second] = await Promise.all([0, 1].map((layer) => drawnNode(page, 3, layer)))
    const [zero, other] = await Promise.all([0, 1].map((layer) => drawnNode(page, 0, layer)))
    expect((first?.x ?? 0) - (zero?.x ?? 0)).toBeCloseTo((second?.x ?? 0) - (other?.x ?? 0), 3)
    expect((first?.y ?? 0) - (zero?.y ?? 0)).toBeCloseTo((second?.y ?? 0) - (other?.y ?? 0), 3)
  })

  it('fades what is below the threshold', async () => {
    const page = await openLaidOut(chainGraph(5))
    await page.$eval('#threshold', (slider) => {
      if (!(slider instanceof HTMLInputElement)) throw new Error('no slider')
      slider.value = '0.6'
      slider.dispatchEvent(new Event('input'))
    })
    await page.evaluate(() => new Promise(requestAnimationFrame))
    const opacities = await Promise.all([0, 1, 2, 3, 4].map(async (node) => (await drawnNode(page, node, 0)).opacity))
    expect(opacities.map((opacity) => opacity === 1)).toEqual([false, false, false, true, true])
  })

  it('says of part of a graph that it is one', async () => {
    const page = await openLaidOut(chainGraph(3, { nodeCount: 70_000, edgeCount: 90_000, hops: 2 }))
    expect(await textOf(page, '.summary')).toContain(
      '70,000, 90,000 relationships; shown are the 3 with the highest masks and within 2 hops of them',
    )
  })
})

describe('by keyboard', () => {
  it('walks through the nodes by mask, layers, and away', async () => {
    const page = await openLaidOut(chainGraph(5))
    await page.focus('.canvas')
    await page.keyboard.press('ArrowDown')
    expect(await textOf(page, '.card h2')).toBe('e')
    await page.keyboard.press('ArrowDown')
    expect(await textOf(page, '.card')).toContain('mask in layer 1' + '0.7500')
    expect(await textOf(page, 'tr[aria-selected="true"]')).toBe('d0.7500.250no')
    await page.keyboard.press(']')
    expect(await textsOf(page, '.nodes tbody th')).toEqual(['a', 'b', 'c', 'd', 'e'])
    await page.keyboard.press('Escape')
    expect(await page.$$('tr[aria-selected="true"]')).toEqual([])
  })

  it('plays the layers, and stops', async () => {
    const page = await openLaidOut(chainGraph(3))
    const layer = () => textOf(page, '.front figcaption')
    expect(await layer()).toBe('Layer 2')
    await page.keyboard.press('p')
    expect(await layer()).toBe('Layer 1')
    await page.waitForFunction(() => document.querySelector('.front figcaption')?.textContent === 'Layer 2')
    await page.keyboard.press('p')
    expect(await page.$eval('#play', (button) => button.getAttribute('aria-pressed'))).toBe('false')
  })
})

describe('the list', () => {
  const graphs = [
    chainGraph(3),
    chainGraph(3, { key: 'C-2', prediction: 'false', target: true }),
    chainGraph(3, { key: 'D-3', target: false }),
  ]
  const listed = (page: Page) => textsOf(page, '.graphs .key')

  it('opens graphs, one after the other', async () => {
    const page = await open(graphs)
    await laidOut(page)
    expect(await textOf(page, 'h1')).toBe('C-1')
    await page.keyboard.press('j')
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'C-2')
    expect(await textOf(page, '.verdict')).toBe('predicted falsesuspicious is true')
    expect(page.url()).toContain('key=C-2')
  })

  it('is narrowed by key, class and disagreement', async () => {
    const page = await open(graphs)
    await page.type('#search', 'C-')
    await page.waitForFunction(() => document.querySelectorAll('.graphs .key').length === 2)
    expect(await listed(page)).toEqual(['C-1', 'C-2'])
    await page.click('nav input[type="checkbox"]')
    await page.waitForFunction(() => document.querySelectorAll('.graphs .key').length === 1)
    expect(await listed(page)).toEqual(['C-2'])
    await page.select('nav select', 'true')
    await page.waitForFunction(() => document.querySelectorAll('.graphs .key').length === 0)
    expect(await textOf(page, '.graphs')).toBe('No graph is like that.')
  })
})

describe('what comes from the database', () => {
  it('is text, whatever it looks like', async () => {
    const nasty = '<img src=x onerror=alert(1)></script><script>alert(2)</script>'
    const graph = chainGraph(2, { key: nasty, prediction: nasty, model: nasty, targetProperty: nasty })
    const nastyNode = { key: nasty, labels: [nasty], properties: { [nasty]: nasty } }
    const nodes = graph.nodes.map((node, v) => (v === 0 ? { ...node, ...nastyNode } : node))
    const page = await openLaidOut({ ...graph, nodes })
    await page.focus('.canvas')
    for (const key of ['ArrowDown', 'ArrowDown'] as const) await page.keyboard.press(key)
    expect(await textOf(page, 'h1')).toBe(nasty)
    expect(await textOf(page, '.card h2')).toBe(nasty)
    expect(await page.$$('img')).toEqual([])
    // The page's own data and code, no more.
    expect(await page.$$('script')).toHaveLength(2)
  })

  it('could not act if it were more: the policy lets nothing run or load that is not the page itself', async () => {
    const page = await openLaidOut(chainGraph(2))
    const refused = await page.evaluate(async () => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        violations.push(effectiveDirective),
      )
      const script = document.createElement('script')
      script.textContent = 'globalThis.didRun = true'
      document.body.append(script)
      await fetch('data:text/plain,hello').catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { violations, didRun: 'didRun' in globalThis }
    })
    expect(refused.didRun).toBe(false)
    expect(refused.violations).toContain('connect-src')
    expect(refused.violations.some((directive) => directive.startsWith('script-src'))).toBe(true)
    opened.pop()
    await page.close()
  })
})

describe('on all sorts of screens', () => {
  it.each([400, 800, 1600])('needs no scrolling sideways at %d pixels', async (width) => {
    const page = await openLaidOut(chainGraph(12), { width })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const shown = await page.$$eval('figure', (figures) => figures.filter((figure) => !figure.hidden).length)
    expect(shown).toBe(width === 400 ? 1 : 2)
  })
})

describe('a graph of 5,000 nodes', () => {
  it('answers while it is being laid out', async () => {
    const page = await open([chainGraph(5_000)])
    await page.waitForSelector('.canvas')
    await page.focus('.canvas')
    await page.keyboard.press('ArrowDown')
    expect(await textOf(page, '.card h2')).toBe('n4999')
    await laidOut(page)
    const ends = await Promise.all([0, 4_999].map((node) => drawnNode(page, node, 0)))
    expect(Math.hypot((ends[0]?.x ?? 0) - (ends[1]?.x ?? 0), (ends[0]?.y ?? 0) - (ends[1]?.y ?? 0))).toBeGreaterThan(10)
  })
})

/** Within what blending and rounding change. */
function channelsNear(colour: string): readonly unknown[] {
  return [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16)
    return expect.toSatisfy((value: number) => Math.abs(value - channel) <= 3, `near ${channel}`)
  })
}
