/** Curves by epoch as an SVG picture, without a script. */
import { line } from 'd3-shape'
import { axes, chartSize, chartSvg } from './axes.ts'
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
  /** Epoch with a line through it. */
  readonly mark?: number | undefined
}

const legendLine = 16

export function lineChart(chart: LineChart): Html {
  return html`<figure><figcaption>${chart.title}</figcaption>
${lineChartSvg(chart, null)}</figure>`
}

/** @param style of a picture that stands alone */
export function lineChartSvg({ title, curves, mark }: LineChart, style: Html | null): Html {
  const values = curves.flatMap((curve) => curve.values).filter(Number.isFinite)
  const [low, high] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ]
  const epochs = Math.max(2, ...curves.map((curve) => curve.values.length))
  const { x, y, drawn } = axes({ x: [1, epochs], y: [low, high], name: 'epoch' })
  const path = line<number>((_value, i) => x(i + 1), y)
    .defined(Number.isFinite)
    .digits(1)
  const content = html`${drawn}
${mark === undefined ? null : html`<path class="mark" d="M${x(mark)},${chartSize.top}V${chartSize.height - chartSize.bottom}"/>`}
${curves.map((curve) => html`<path class="${curve.stroke}" d="${path([...curve.values]) ?? ''}"/>`)}
${legend(curves)}`
  return chartSvg(`${title}, by epoch`, content, style)
}

/** At the bottom right, where rising curves leave room. */
function legend(curves: readonly Curve[]): readonly Html[] {
  const named = curves.filter(({ name }) => name !== undefined)
  const right = chartSize.width - chartSize.right - 8
  return named.map(({ name = '', stroke }, i) => {
    const bottom = chartSize.height - chartSize.bottom - 8 - legendLine * (named.length - 1 - i)
    return html`<path class="${stroke}" d="M${right - 36},${bottom - 4}H${right}"/>
<text x="${right - 42}" y="${bottom}" text-anchor="end">${name}</text>`
  })
}
