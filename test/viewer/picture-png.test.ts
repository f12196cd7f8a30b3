import { describe, expect, it } from 'vitest'
import { maskPicture } from '../../src/viewer/mask-picture.ts'
import { pictureAsPng } from '../../src/viewer/picture-png.ts'
import { viewedGraph } from '../support/viewed-graphs.ts'

/** Width and height, as the header of a PNG says them. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]
const page = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20" font-family="system-ui, sans-serif"><text x="2" y="15">${text}</text></svg>`

describe('pictureAsPng()', () => {
  it('is a PNG of the width that is asked for', async () => {
    const png = await pictureAsPng(maskPicture([viewedGraph()]), { width: 640 })
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(sizeOf(png)[0]).toBe(640)
  })

  it('gives the same bytes for the same picture', async () => {
    const svg = maskPicture([viewedGraph()])
    expect(await pictureAsPng(svg, { width: 300 })).toEqual(await pictureAsPng(svg, { width: 300 }))
  })

  it('shows text without asking the machine for a font', async () => {
    const [empty, one, other] = await Promise.all(
      ['', 'mask 0.5', 'Маска'].map((text) => pictureAsPng(page(text), { width: 100 })),
    )
    expect(one).not.toEqual(empty)
    expect(other).not.toEqual(empty)
  })
})
