/** Where charts have their axes, and how these are drawn. */
import { type ScaleLinear, scaleLinear } from 'd3-scale'
import { type Html, html } from './html.ts'

export const chartSize = { width: 560, height: 240, left: 48, right: 12, top: 12, bottom: 28 }
const tickCount = 5

export interface Axes {
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
  /** Grid and numbers. */
  readonly drawn: Html
}

type Range = readonly [low: number, high: number]

/** @param y is made to end at round numbers; name: of what runs to the right, where the title does not say it */
export function axes({ x, y, name }: { readonly x: Range; readonly y: Range; readonly name?: string }): Axes {
  const { width, height, left, right, top, bottom } = chartSize
  const across = scaleLinear([...x], [left, width - right])
  const up = scaleLinear([...y], [height - bottom, top]).nice(tickCount)
  // Small numbers, as learning rates are, would not fit with all their zeros.
  const upTick = up.tickFormat(tickCount, Math.abs(y[1]) < 0.01 ? '~e' : undefined)
  const acrossTick = across.tickFormat(tickCount)
  return {
    x: across,
    y: up,
    drawn: html`${up.ticks(tickCount).map(
      (tick) => html`<path class="grid" d="M${left},${up(tick)}H${width - right}"/>
<text x="${left - 6}" y="${up(tick) + 4}" text-anchor="end">${upTick(tick)}</text>`,
    )}
${across
  .ticks(tickCount)
  .map((tick) => html`<text x="${across(tick)}" y="${height - 8}" text-anchor="middle">${acrossTick(tick)}</text>`)}
${name === undefined ? null : html`<text x="${left}" y="${height - 8}">${name}</text>`}`,
  }
}

/** @param label what it shows, in words; style: of a picture that stands alone */
export function chartSvg(label: string, content: Html, style: Html | null = null): Html {
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${chartSize.width} ${chartSize.height}" role="img" aria-label="${label}">
${style && html`<style>${style}</style>`}
${content}
</svg>`
}
