/** How many there are of each size, as bars. */
import { axes, chartSvg } from './axes.ts'
import { type Html, html } from './html.ts'

export interface Histogram {
  /** Also says what runs to the right. */
  readonly title: string
  /** Ends of the first and of the last interval; all are equally wide. */
  readonly low: number
  readonly high: number
  readonly counts: readonly number[]
}

const gap = 1

export function histogram({ title, low, high, counts }: Histogram): Html {
  const most = counts.reduce((a, b) => Math.max(a, b), 1)
  // All of one size are one bar in the middle.
  const width = high > low ? (high - low) / counts.length : 1
  const { x, y, drawn } = axes({ x: [low, low + width * counts.length], y: [0, most] })
  return html`<figure><figcaption>${title}</figcaption>
${chartSvg(
  title,
  html`${drawn}
${counts.map((count, i) => {
  const [from, to] = [low + i * width, low + (i + 1) * width]
  const range = `${shown(from)} to ${shown(to)}: ${count}`
  return html`<rect class="bar" x="${x(from).toFixed(1)}" y="${y(count).toFixed(1)}" width="${(x(to) - x(from) - gap).toFixed(1)}" height="${(y(0) - y(count)).toFixed(1)}"><title>${range}</title></rect>`
})}`,
)}</figure>`
}

function shown(value: number): string {
  return Number(value.toPrecision(4)).toString()
}
