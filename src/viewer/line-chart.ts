/** Curves by epoch as an SVG picture, without a script. */
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { type Html, html } from './html.ts'

export interface Curve {
  /** Of epoch 1, 2, … */
  readonly values: readonly number[]
  /** thin: one of many; bold: what they say together. */
  readonly stroke: 'thin' | 'bold'
}

export interface LineChart {
  readonly title: string
  readonly curves: readonly Curve[]
}

const size = { width: 560, height: 240, left: 48, right: 12, top: 12, bottom: 28 }
const tickCount = 5

export function lineChart({ title, curves }: LineChart): Html {
  const values = curves.flatMap((curve) => curve.values).filter(Number.isFinite)
  const epochs = Math.max(2, ...curves.map((curve) => curve.values.length))
  const x = scaleLinear([1, epochs], [size.left, size.width - size.right])
  const y = scaleLinear(
    [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)],
    [size.height - size.bottom, size.top],
  ).nice(tickCount)
  const path = line<number>((_value, i) => x(i + 1), y)
    .defined(Number.isFinite)
    .digits(1)
  const [yTick, xTick] = [y.tickFormat(tickCount), x.tickFormat(tickCount)]
  return html`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}, by epoch">
${y.ticks(tickCount).map(
  (tick) => html`<path class="grid" d="M${size.left},${y(tick)}H${size.width - size.right}"/>
<text x="${size.left - 6}" y="${y(tick) + 4}" text-anchor="end">${yTick(tick)}</text>`,
)}
${x
  .ticks(tickCount)
  .map((tick) => html`<text x="${x(tick)}" y="${size.height - 8}" text-anchor="middle">${xTick(tick)}</text>`)}
<text x="${size.left}" y="${size.height - 8}">epoch</text>
${curves.map((curve) => html`<path class="${curve.stroke}" d="${path([...curve.values]) ?? ''}"/>`)}
</svg></figure>`
}
