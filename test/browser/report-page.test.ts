/** Reports and pictures in a real browser: they ask for nothing, run nothing, and fit. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { classBalance } from '../../src/viewer/class-balance.ts'
import { histogram } from '../../src/viewer/histogram.ts'
import { html } from '../../src/viewer/html.ts'
import { lineChart } from '../../src/viewer/line-chart.ts'
import { maskColour } from '../../src/viewer/mask-colour.ts'
import { maskPicture } from '../../src/viewer/mask-picture.ts'
import { reliabilityChart } from '../../src/viewer/reliability-chart.ts'
import { reportPage } from '../../src/viewer/report-page.ts'
import { viewedGraph } from '../support/viewed-graphs.ts'
import { startChromium, watchedPage } from './support/chromium.ts'

let browser: Browser
let folder: string

beforeAll(async () => {
  browser = await startChromium()
  folder = await mkdtemp(join(tmpdir(), 'smg-report-'))
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

async function opened(name: string, text: string, width = 1200) {
  const file = join(folder, name)
  await writeFile(file, text)
  const watched = await watchedPage(browser)
  await watched.page.setViewport({ width, height: 800 })
  const url = pathToFileURL(file).href
  await watched.page.goto(url)
  return { ...watched, url }
}

const evil = `<img src="https://example.org/x.png" onerror="alert('1')">`
const everything = html`<p class="evil">${evil}</p>
${lineChart({ title: evil, curves: [{ values: [1, 0.5], stroke: 'series-1', name: evil }] })}
${histogram({ title: 'masks', low: 0, high: 1, counts: [1, 2] })}
${reliabilityChart([{ count: 1, confidence: 0.5, accuracy: 1 }])}
${classBalance([{ name: evil, known: 1, predicted: 2 }])}`

it('shows names with markup as text, asks for nothing, and says nothing to the console', async () => {
  const { page, requests, complaints, url } = await opened(
    'report.html',
    reportPage({ title: evil, facts: [], body: everything }),
  )
  expect(await page.$$eval('h1, .evil', (found) => found.map(({ textContent }) => textContent))).toEqual([evil, evil])
  expect(await page.$$eval('img, script', (found) => found.length)).toBe(0)
  expect({ requests, complaints }).toEqual({ requests: [url], complaints: [] })
  await page.close()
})

it('applies its style, in light and dark, and fits a phone', async () => {
  const { page } = await opened(
    'phone.html',
    reportPage({ title: 'Report', facts: [['name', 'a'.repeat(200)]], body: everything }),
    400,
  )
  const colours: string[] = []
  for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
    colours.push(await page.$eval('rect.bar', (bar) => getComputedStyle(bar).fill))
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400)
  }
  expect(colours).toEqual(['rgb(37, 99, 235)', 'rgb(147, 197, 253)'])
  await page.close()
})

it('refuses what its policy does not name, should any of it get into a page', async () => {
  const slipped = {
    html: '<img src="https://example.org/x.png"><script>document.title = "changed"</script><p style="color: red">red</p>',
  }
  const { page, complaints } = await opened('slipped.html', reportPage({ title: 'Report', facts: [], body: slipped }))
  expect(await page.title()).toBe('Report')
  expect(await page.$eval('p', (p) => getComputedStyle(p).color)).not.toBe('rgb(255, 0, 0)')
  const refused = complaints.filter((text) => text.includes('violates the following Content Security Policy'))
  expect(refused.map((text) => /image|inline script|inline style/.exec(text)?.[0]).sort()).toEqual([
    'image',
    'inline script',
    'inline style',
  ])
  await page.close()
})

it('draws in a picture what the masks say, as a browser sees it', async () => {
  const { page, requests, complaints, url } = await opened('masks.svg', maskPicture([viewedGraph({ key: evil })]))
  const drawn = await page.$$eval('.nodes circle', (circles) =>
    circles.flatMap((circle) => {
      const name = circle.querySelector('title')?.textContent
      return name ? [`${name} ${circle.getAttribute('fill')}`] : []
    }),
  )
  const colour = (mask: number) => maskColour(mask, 'light')
  expect(drawn.sort()).toEqual(
    [
      ['a: 0.000', 0],
      ['a: 1.000', 1],
      ['b: 0.500', 0.5],
      ['b: 0.500', 0.5],
      ['c: 0.000', 0],
      ['c: 1.000', 1],
    ].map(([name, mask]) => `${name} ${colour(Number(mask))}`),
  )
  expect({ requests, complaints }).toEqual({ requests: [url], complaints: [] })
  await page.close()
})
