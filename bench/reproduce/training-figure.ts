/** Figure 3 of the paper: accuracy on the training part by epoch, one picture for each data set. */
import { html } from '../../src/viewer/html.ts'
import { lineChartSvg } from '../../src/viewer/line-chart.ts'

export interface TrainingCurve {
  readonly model: string
  /** Mean over folds, after epoch 1, 2, … */
  readonly accuracies: readonly number[]
}

/** An SVG file's text. Curves differ in colour and in dashes, for those who see no colours and for paper. */
export function trainingFigure(dataset: string, curves: readonly TrainingCurve[]): string {
  const chart = {
    title: `Accuracy on the training part, ${dataset}`,
    curves: curves.map(({ model, accuracies }, i) => ({
      name: model,
      values: accuracies,
      stroke: `series-${i + 1}` as const,
    })),
  }
  return `${lineChartSvg(chart, style).html}\n`
}

// The colours of Okabe and Ito (2008), which stay apart for all kinds of colour blindness.
const style = html`
svg { font: 11px system-ui, sans-serif; background: #fff; }
path { fill: none; stroke-width: 1.8; }
.grid { stroke: #8884; stroke-width: 1; }
.series-1 { stroke: #0072b2; }
.series-2 { stroke: #d55e00; stroke-dasharray: 7 3; }
.series-3 { stroke: #009e73; stroke-dasharray: 2 3; }
.series-4 { stroke: #cc79a7; stroke-dasharray: 8 3 2 3; }
`
