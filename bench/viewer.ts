/**
 * How soon the page of the viewer answers, on a random graph of 5,000 nodes and 10,000 relationships in three layers, in headless
 * Chromium without a graphics card:
 *
 *     npm run bench:viewer -- [--nodes 5000] [--rounds 3]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import type { Browser } from 'puppeteer-core'
import { wholeNumber } from '../src/cli/whole-numbers.ts'
import { createRandom } from '../src/graph/random.ts'
import { viewerPage } from '../src/viewer/page-html.ts'
import type { ViewedGraph } from '../src/viewer/viewed-graph.ts'
import { startChromium } from '../test/browser/support/chromium.ts'
import { viewedGraph } from '../test/support/viewed-graphs.ts'

const keyPresses = 20

await new Command('bench:viewer')
  .option('--nodes <n>', 'nodes of the graph', wholeNumber, 5_000)
  .option('--rounds <n>', 'times that the page is opened', wholeNumber, 3)
  .action(run)
  .parseAsync()

async function run({ nodes, rounds }: { readonly nodes: number; readonly rounds: number }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'smg-bench-viewer-'))
  const browser = await startChromium()
  try {
    const file = join(folder, 'graph.html')
    const graphs = [randomView(nodes)]
    await writeFile(
      file,
      (await viewerPage({ kind: 'file', version: 'bench', madeAt: new Date().toISOString(), graphs })).html,
    )
    for (let round = 1; round <= rounds; round++)
      console.log(JSON.stringify({ nodes, round, ...(await timesOf(browser, pathToFileURL(file).href)) }))
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds since the page was asked for; of key presses until what they select is on the screen. */
async function timesOf(browser: Browser, url: string) {
  const page = await browser.newPage()
  await page.setViewport({ width: 1400, height: 1000 })
  await page.goto(url, { waitUntil: 'domcontentloaded' })
  const now = async () => Number(await page.evaluate('performance.now()'))
  const press = async () => {
    const from = await now()
    await page.keyboard.press('ArrowDown')
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
    return (await now()) - from
  }
  await page.waitForSelector('.canvas canvas')
  await page.focus('.canvas')
  await press()
  await page.waitForSelector('.card h2')
  const answered = await now()
  await page.waitForFunction('document.querySelector(".progress").textContent === ""')
  const laidOut = await now()
  const presses: number[] = []
  for (let i = 0; i < keyPresses; i++) presses.push(await press())
  await page.close()
  const sorted = presses.sort((a, b) => a - b).map(Math.round)
  return {
    first_key_answered_ms: Math.round(answered),
    laid_out_ms: Math.round(laidOut),
    key_ms: { median: sorted[keyPresses / 2], largest: sorted.at(-1) },
  }
}

/** A random tree with as many edges again. */
function randomView(nodeCount: number): ViewedGraph {
  const random = createRandom(1, 'viewer')
  const edges = Array.from({ length: 2 * (nodeCount - 1) }, (_, e) => {
    const source = 1 + (e % (nodeCount - 1))
    return { source, target: random.nextBelow(source), type: 'PAID' }
  })
  return viewedGraph({
    edges,
    nodes: Array.from({ length: nodeCount }, (_, v) => ({
      key: `n${v}`,
      labels: ['Node'],
      masks: [random.nextFloat(), random.nextFloat(), random.nextFloat()],
      properties: { weight: random.nextFloat() },
      truth: null,
    })),
  })
}
