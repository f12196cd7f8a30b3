/** Curves by epoch as an SVG picture, without a script. */
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { type Html, html } from './html.ts'

export interface Curve {
  /** Of epoch 1, 2, … */
  readonly values: readonly number[]
  /** thin: one of many; bold: what they say together; series-1, …: one beside others, with a name. */
  readonly stroke: 'thin' | 'bold' | `series-${number}`
  /** In the legend. */
  readonly name?: string
}

export interface LineChart {
  readonly title: string
  readonly curves: readonly Curve[]
}

const size = { width: 560, height: 240, left: 48, right: 12, top: 12, bottom: 28 }
const tickCount = 5
const legendLine = 16

export function lineChart(chart: LineChart): Html {
  return html`<figure><figcaption>${chart.title}</figcaption>
${lineChartSvg(chart, null)}</figure>`
}

/** @param style of a picture that stands alone */
export function lineChartSvg({ title, curves }: LineChart, style: Html | null): Html {
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
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}, by epoch">
${style && html`<style>${style}</style>`}
${y.ticks(tickCount).map(
  (tick) => html`<path class="grid" d="M${size.left},${y(tick)}H${size.width - size.right}"/>
<text x="${size.left - 6}" y="${y(tick) + 4}" text-anchor="end">${yTick(tick)}</text>`,
)}
${x
  .ticks(tickCount)
  .map((tick) => html`<text x="${x(tick)}" y="${size.height - 8}" text-anchor="middle">${xTick(tick)}</text>`)}
<text x="${size.left}" y="${size.height - 8}">epoch</text>
${curves.map((curve) => html`<path class="${curve.stroke}" d="${path([...curve.values]) ?? ''}"/>`)}
${legend(curves)}
</svg>`
}

/** At the bottom right, where rising curves leave room. */
function legend(curves: readonly Curve[]): readonly Html[] {
  const named = curves.filter(({ name }) => name !== undefined)
  const right = size.width - size.right - 8
  return named.map(({ name = '', stroke }, i) => {
    const bottom = size.height - size.bottom - 8 - legendLine * (named.length - 1 - i)
    return html`<path class="${stroke}" d="M${right - 36},${bottom - 4}H${right}"/>
<text x="${right - 42}" y="${bottom}" text-anchor="end">${name}</text>`
  })
}
