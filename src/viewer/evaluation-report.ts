/** An evaluation as one page that needs neither a network nor scripts. */
import { type Html, html } from './html.ts'
import { lineChart } from './line-chart.ts'
import { type ReliabilityBin, reliabilityChart } from './reliability-chart.ts'
import { type ReportFact, reportPage } from './report-page.ts'
import { numberText, shadeClass, table } from './report-table.ts'

export interface ReportSpread {
  readonly mean: number
  readonly std: number
}

export interface ReportFold {
  readonly repeat: number
  readonly fold: number
  readonly testCount: number
  readonly epoch: number
  readonly epochs: number
  readonly trial: number
  /** Of the test part, by the names of {@link ReportModel.measures}. */
  readonly values: Readonly<Record<string, number | null>>
}

/** By epoch. */
export interface ReportCurves {
  readonly title: string
  /** Of each fold; none where they are not kept. */
  readonly folds: readonly (readonly number[])[]
  readonly mean: readonly number[]
}

export interface ReportModel {
  readonly name: string
  readonly measures: Readonly<Record<string, ReportSpread>>
  readonly folds: readonly ReportFold[]
  readonly curves: readonly ReportCurves[]
  readonly confusion: readonly (readonly number[])[] | null
  /** Of all folds together; `null` for a regression. */
  readonly reliability: readonly ReliabilityBin[] | null
  readonly difference: { readonly mean: number; readonly interval: readonly [number, number] | null } | null
  readonly trials:
    | readonly {
        readonly trial: number
        readonly parameters: Readonly<Record<string, string | number>>
        readonly validationLoss: ReportSpread
        readonly validationAccuracy: ReportSpread | null
        readonly chosenIn: number
        readonly endedEarlyIn: number
      }[]
    | null
}

export interface Report {
  readonly title: string
  /** What was done, name by name. */
  readonly facts: readonly ReportFact[]
  /** In the order of the confusion matrix. */
  readonly classes: readonly string[]
  /** Of {@link ReportModel.measures}, in the order of their columns. */
  readonly measureWords: Readonly<Record<string, string>>
  readonly models: readonly ReportModel[]
}

/** A whole HTML document. */
export function evaluationReport({ title, facts, classes, measureWords, models }: Report): string {
  const [first] = models
  const measures = Object.entries(measureWords)
    .map(([name, words]) => ({ name, words }))
    .filter(({ name }) => first?.measures[name] !== undefined)
  return reportPage({
    title,
    facts,
    body: html`<h2>Measures on test parts</h2>
<p>Mean ± population standard deviation over folds.</p>
${table(
  [
    'model',
    ...measures.map(({ words }) => words),
    ...(models.length > 1 ? [`${first?.name} less it`, '95 % interval'] : []),
  ],
  models.map((model) => [
    model.name,
    ...measures.map(({ name }) => spreadText(model.measures[name])),
    ...(models.length > 1 ? differenceCells(model.difference) : []),
  ]),
)}
${models.map((model) => modelSection(model, { classes, measures }))}`,
  })
}

interface Measure {
  readonly name: string
  readonly words: string
}

function modelSection(
  { name, folds, curves, confusion, reliability, trials }: ReportModel,
  page: Pick<Report, 'classes'> & { readonly measures: readonly Measure[] },
): Html {
  const hasRepeats = folds.some(({ repeat }) => repeat > 1)
  return html`<h2>${name}</h2>
${curves.length > 0 ? html`<p>${curves.some((one) => one.folds.length > 0) ? 'A thin line for each fold, a bold one for their mean.' : 'Means over folds.'}</p>` : null}
<div class="charts">${curves.map(({ title, folds: ofFolds, mean }) =>
    lineChart({
      title,
      curves: [...ofFolds.map((values) => ({ values, stroke: 'thin' as const })), { values: mean, stroke: 'bold' }],
    }),
  )}</div>
${confusion && html`<h3>Confusion matrix</h3>${confusionTable(confusion, page.classes)}`}
${reliability && html`<h3>Calibration</h3><div class="charts">${reliabilityChart(reliability)}</div>`}
${trials && html`<h3>Settings tried</h3>${trialTable(trials)}`}
<h3>Folds</h3>
${table(
  [
    ...(hasRepeats ? ['repeat'] : []),
    'fold',
    'graphs',
    'epoch',
    'of',
    ...(trials ? ['settings'] : []),
    ...page.measures.map(({ words }) => words),
  ],
  folds.map((fold) => [
    ...(hasRepeats ? [fold.repeat] : []),
    fold.fold,
    fold.testCount,
    fold.epoch,
    fold.epochs,
    ...(trials ? [fold.trial] : []),
    ...page.measures.map(({ name }) => numberText(fold.values[name] ?? null)),
  ]),
)}`
}

/** Rows are true classes, columns predicted ones; the darker, the more of the row. */
function confusionTable(confusion: readonly (readonly number[])[], classes: readonly string[]): Html {
  return html`<table class="confusion"><tr><th>is ↓ predicted →</th>${classes.map((name) => html`<th>${name}</th>`)}</tr>
${confusion.map((row, c) => {
  const total = row.reduce((sum, count) => sum + count, 0)
  return html`<tr><th>${classes[c] ?? ''}</th>${row.map(
    (count) => html`<td class="${shadeClass(total > 0 ? count / total : 0)}">${count}</td>`,
  )}</tr>`
})}</table>`
}

function trialTable(trials: NonNullable<ReportModel['trials']>): Html {
  const names = Object.keys(trials[0]?.parameters ?? {})
  const hasAccuracy = trials.some(({ validationAccuracy }) => validationAccuracy !== null)
  return table(
    [
      'settings',
      ...names,
      'validation loss',
      ...(hasAccuracy ? ['validation accuracy'] : []),
      'chosen in folds',
      'ended early in folds',
    ],
    trials.map(({ trial, parameters, validationLoss, validationAccuracy, chosenIn, endedEarlyIn }) => [
      trial,
      ...names.map((name) => parameters[name] ?? ''),
      spreadText(validationLoss),
      ...(hasAccuracy ? [spreadText(validationAccuracy ?? undefined)] : []),
      chosenIn,
      endedEarlyIn,
    ]),
  )
}

function differenceCells(difference: ReportModel['difference']): readonly string[] {
  if (difference === null) return ['', '']
  const { mean, interval } = difference
  return [numberText(mean), interval === null ? '' : `${numberText(interval[0])} to ${numberText(interval[1])}`]
}

function spreadText(spread: ReportSpread | undefined): string {
  return spread === undefined ? '' : `${numberText(spread.mean)} ± ${numberText(spread.std, 2)}`
}
