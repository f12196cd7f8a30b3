/** What colours and outlines of a picture mean. */
import { type Html, html } from './html.ts'
import { maskColour } from './mask-colour.ts'

const steps = 40
const [width, height] = [200, 10]
const ticks = [0, 0.25, 0.5, 0.75, 1]

export const legendHeight = 34

export interface MaskLegend {
  /** Property whose nodes are outlined; `null`: none is. */
  readonly truth: string | null
  readonly hasUnscored: boolean
}

/** From the origin on to the right and down. */
export function maskLegend({ truth, hasUnscored }: MaskLegend): Html {
  const marks = [
    ...(truth === null ? [] : [{ name: 'truth', text: truth }]),
    ...(hasUnscored ? [{ name: 'unscored', text: 'no mask yet' }] : []),
  ]
  return html`<g class="legend">${Array.from({ length: steps }, (_, i) => {
    const colour = maskColour((i + 0.5) / steps, 'light')
    return html`<rect x="${(i * width) / steps}" y="0" width="${width / steps + 0.3}" height="${height}" fill="${colour}"/>`
  })}
${ticks.map((tick) => html`<text x="${tick * width}" y="${height + 13}" text-anchor="middle">${tick}</text>`)}
<text x="${width + 16}" y="${height - 1}">mask</text>
${marks.map(({ name, text }, i) => {
  const x = width + 80 + 150 * i
  return html`<g class="nodes"><circle class="${name}" cx="${x}" cy="5" r="6" fill="#fff" stroke-width="2"/></g><text x="${x + 12}" y="${height - 1}">${text}</text>`
})}</g>`
}
