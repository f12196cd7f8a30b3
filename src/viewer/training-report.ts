/** The training of a model as one page: loss, measure and learning rate by epoch. */
import { html } from './html.ts'
import { lineChart } from './line-chart.ts'
import { type ReportFact, reportPage } from './report-page.ts'
import { numberText, table } from './report-table.ts'

export interface TrainingReport {
  /** "name:version" */
  readonly model: string
  readonly facts: readonly ReportFact[]
  /** From 1. */
  readonly bestEpoch: number
  /** Of the test part, in words. */
  readonly measures: readonly (readonly [name: string, value: number])[]
  /** By epoch. */
  readonly trainLoss: readonly number[]
  readonly validationLoss: readonly number[]
  /** Accuracy, or mean absolute error, of the validation part. */
  readonly validationMeasure: { readonly name: string; readonly values: readonly number[] }
  readonly learningRate: readonly number[]
  /** Cross-validations with the same settings. */
  readonly evaluations: readonly {
    readonly id: string
    readonly protocol: string
    readonly measure: string
    readonly mean: number
    readonly std: number
  }[]
}

/** A whole HTML document. */
export function trainingReport(report: TrainingReport): string {
  const { model, facts, bestEpoch: mark, measures, evaluations, validationMeasure } = report
  return reportPage({
    title: `Training of ${model}`,
    facts,
    body: html`<h2>Measures on the test part</h2>
${table(
  ['measure', 'value'],
  measures.map(([name, value]) => [name, numberText(value, 4)]),
)}
<h2>By epoch</h2>
<p>The dotted line is at epoch ${mark}, whose weights the model has: the lowest loss of the validation part.</p>
<div class="charts">${[
      lineChart({
        title: 'loss',
        mark,
        curves: [
          { values: report.trainLoss, stroke: 'series-1', name: 'training part' },
          { values: report.validationLoss, stroke: 'series-2', name: 'validation part' },
        ],
      }),
      lineChart({
        title: `${validationMeasure.name}, validation part`,
        mark,
        curves: [{ values: validationMeasure.values, stroke: 'bold' }],
      }),
      lineChart({ title: 'learning rate', mark, curves: [{ values: report.learningRate, stroke: 'bold' }] }),
    ]}</div>
${
  evaluations.length === 0
    ? null
    : html`<h2>Cross-validations with the same settings</h2>${table(
        ['evaluation', 'protocol', 'measure', 'mean ± deviation over folds'],
        evaluations.map(({ id, protocol, measure, mean, std }) => [
          id,
          protocol,
          measure,
          `${numberText(mean)} ± ${numberText(std, 2)}`,
        ]),
      )}`
}`,
  })
}
