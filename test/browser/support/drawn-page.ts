/** What the viewer has drawn, as its page says and as the screen shows it. */
import type { Page } from 'puppeteer-core'
import type { DrawnNode } from '../../../src/viewer/page/mask-panels.ts'

/** Waits until a graph is shown and its layout is done. */
export async function laidOut(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.progress')?.textContent === '')
  // Positions are drawn with the next frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

export async function drawnNode(page: Page, node: number, layer: number): Promise<DrawnNode> {
  const drawn = await page.evaluate((v, k) => globalThis.smgDrawn(v, k), node, layer)
  if (drawn === null) throw new Error(`Cannot find node ${node} in layer ${layer + 1}: it is not drawn`)
  return drawn
}

/** Red, green and blue of the screen at these places. */
export async function pixelsAt(page: Page, places: readonly { readonly x: number; readonly y: number }[]) {
  const picture = await page.screenshot({ encoding: 'base64' })
  const decoder = await page.browser().newPage()
  try {
    return await decoder.evaluate(
      async (text, points) => {
        const image = new Image()
        image.src = `data:image/png;base64,${text}`
        await image.decode()
        const canvas = document.createElement('canvas')
        canvas.width = image.width
        canvas.height = image.height
        const context = canvas.getContext('2d')
        if (context === null) throw new Error('no canvas')
        context.drawImage(image, 0, 0)
        return points.map(({ x, y }) => [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data].slice(0, 3))
      },
      picture,
      places,
    )
  } finally {
    await decoder.close()
  }
}
