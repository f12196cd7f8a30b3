/** Whether probabilities can be believed: how often predictions of each are right, against the diagonal on which they would be. */
import { axes, chartSvg } from './axes.ts'
import { type Html, html } from './html.ts'

export interface ReliabilityBin {
  readonly count: number
  /** Mean probability of the predicted class; `null` without predictions. */
  readonly confidence: number | null
  /** Share of predictions that are right; `null` without predictions. */
  readonly accuracy: number | null
}

const largestRadius = 14

export function reliabilityChart(bins: readonly ReliabilityBin[]): Html {
  const most = bins.reduce((largest, { count }) => Math.max(largest, count), 1)
  const { x, y, drawn } = axes({ x: [0, 1], y: [0, 1] })
  const points = bins.flatMap(({ count, confidence, accuracy }) =>
    confidence === null || accuracy === null ? [] : [{ count, confidence, accuracy }],
  )
  return html`<figure><figcaption>share of right predictions by their probability; the larger, the more predictions</figcaption>
${chartSvg(
  'Share of right predictions by their probability',
  html`${drawn}
<path class="diagonal" d="M${x(0)},${y(0)}L${x(1)},${y(1)}"/>
${points.map(({ count, confidence, accuracy }) => {
  const radius = Math.max(2, largestRadius * Math.sqrt(count / most))
  const title = `${count} predictions with probability ${confidence.toFixed(2)}: ${(100 * accuracy).toFixed(1)} % right`
  return html`<circle class="point" cx="${x(confidence).toFixed(1)}" cy="${y(accuracy).toFixed(1)}" r="${radius.toFixed(1)}"><title>${title}</title></circle>`
})}`,
)}</figure>`
}
