/**
 * Pictures of the viewer for docs/: on light and dark pages, and on a narrow screen.
 *
 *     npx smg view KEY --out graph.html && npx tsx scripts/screenshots.ts graph.html docs/images/viewer-NAME
 */
import { pathToFileURL } from 'node:url'
import { startChromium } from '../test/browser/support/chromium.ts'
import { laidOut } from '../test/browser/support/drawn-page.ts'

const screens = [
  { name: '', width: 1280, height: 860, theme: 'light' },
  { name: '-dark', width: 1280, height: 860, theme: 'dark' },
  { name: '-narrow', width: 400, height: 1000, theme: 'light' },
] as const

const [file = '', base = ''] = process.argv.slice(2)
const browser = await startChromium()
try {
  for (const { name, width, height, theme } of screens) {
    const page = await browser.newPage()
    await page.setViewport({ width, height })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
    await page.goto(pathToFileURL(file).href)
    await laidOut(page)
    await page.focus('.front .canvas')
    // The node with the highest mask of the layer in front.
    await page.keyboard.press('ArrowDown')
    await laidOut(page)
    await page.screenshot({ path: `${base}${name}.png` })
    await page.close()
  }
} finally {
  await browser.close()
}
