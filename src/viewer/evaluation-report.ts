/** An evaluation as one page that needs neither a network nor scripts. */
import { meanCurve } from '../model/mean-curve.ts'
import { type Html, html } from './html.ts'
import { lineChart } from './line-chart.ts'

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
  readonly curves: {
    readonly trainLoss: readonly number[]
    readonly test: readonly number[]
    readonly validation: readonly number[] | null
    readonly train: readonly number[] | null
  }
}

export interface ReportModel {
  readonly name: string
  readonly measures: Readonly<Record<string, ReportSpread>>
  readonly folds: readonly ReportFold[]
  readonly confusion: readonly (readonly number[])[] | null
  readonly difference: { readonly mean: number; readonly interval: readonly [number, number] | null } | null
  readonly trials:
    | readonly {
        readonly trial: number
        readonly parameters: Readonly<Record<string, string | number>>
        readonly validationLoss: ReportSpread
        readonly chosenIn: number
        readonly endedEarlyIn: number
      }[]
    | null
}

export interface Report {
  readonly title: string
  /** What was done, name by name. */
  readonly facts: readonly (readonly [name: string, value: string | number])[]
  /** In the order of the confusion matrix. */
  readonly classes: readonly string[]
  /** Of {@link ReportModel.measures}, in the order of their columns. */
  readonly measureWords: Readonly<Record<string, string>>
  /** What the curves of held-out parts show: accuracy, or negative loss. */
  readonly curveName: string
  readonly models: readonly ReportModel[]
}

/** A whole HTML document. */
export function evaluationReport({ title, facts, classes, measureWords, curveName, models }: Report): string {
  const [first] = models
  const measures = Object.entries(measureWords)
    .map(([name, words]) => ({ name, words }))
    .filter(({ name }) => first?.measures[name] !== undefined)
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style></head><body>
<h1>${title}</h1>
${table([], facts)}
<h2>Measures on test parts</h2>
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
${models.map((model) => modelSection(model, { classes, curveName, measures }))}
</body></html>
`.html
}

interface Measure {
  readonly name: string
  readonly words: string
}

function modelSection(
  { name, folds, confusion, trials }: ReportModel,
  page: Pick<Report, 'classes' | 'curveName'> & { readonly measures: readonly Measure[] },
): Html {
  const charts = [
    { title: `${page.curveName}, test part`, curves: folds.map(({ curves }) => curves.test) },
    { title: `${page.curveName}, validation part`, curves: folds.flatMap(({ curves }) => [curves.validation ?? []]) },
    { title: `${page.curveName}, training part`, curves: folds.flatMap(({ curves }) => [curves.train ?? []]) },
    { title: 'loss while training', curves: folds.map(({ curves }) => curves.trainLoss) },
  ].filter(({ curves }) => curves.every((curve) => curve.length > 0))
  const hasRepeats = folds.some(({ repeat }) => repeat > 1)
  return html`<h2>${name}</h2>
<p>A thin line for each fold, a bold one for their mean.</p>
<div class="charts">${charts.map(({ title, curves }) =>
    lineChart({
      title,
      curves: [
        ...curves.map((values) => ({ values, stroke: 'thin' as const })),
        { values: meanCurve(curves), stroke: 'bold' },
      ],
    }),
  )}</div>
${confusion && html`<h3>Confusion matrix</h3>${confusionTable(confusion, page.classes)}`}
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
    (count) => html`<td style="--share:${total > 0 ? (count / total).toFixed(3) : 0}">${count}</td>`,
  )}</tr>`
})}</table>`
}

function trialTable(trials: NonNullable<ReportModel['trials']>): Html {
  const names = Object.keys(trials[0]?.parameters ?? {})
  return table(
    ['settings', ...names, 'validation loss', 'chosen in folds', 'ended early in folds'],
    trials.map(({ trial, parameters, validationLoss, chosenIn, endedEarlyIn }) => [
      trial,
      ...names.map((name) => parameters[name] ?? ''),
      spreadText(validationLoss),
      chosenIn,
      endedEarlyIn,
    ]),
  )
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): Html {
  return html`<table>${head.length > 0 ? html`<tr>${head.map((name) => html`<th>${name}</th>`)}</tr>` : null}
${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</table>`
}

function differenceCells(difference: ReportModel['difference']): readonly string[] {
  if (difference === null) return ['', '']
  const { mean, interval } = difference
  return [numberText(mean), interval === null ? '' : `${numberText(interval[0])} to ${numberText(interval[1])}`]
}

function spreadText(spread: ReportSpread | undefined): string {
  return spread === undefined ? '' : `${numberText(spread.mean)} ± ${numberText(spread.std, 2)}`
}

function numberText(value: number | null, digits = 3): string {
  return value === null ? '' : Number(value.toPrecision(digits)).toString()
}

const style: Html = {
  html: `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: #2563eb; }
@media (prefers-color-scheme: dark) { :root { --line: #93c5fd; } }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884; }
.confusion td { text-align: right; padding: .3rem .8rem; background: color-mix(in srgb, var(--line) calc(var(--share) * 70%), transparent); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; }
svg { width: 100%; font-size: 11px; fill: currentColor; }
svg path { fill: none; stroke: var(--line); }
svg .grid { stroke: #8884; }
svg .thin { stroke-width: .8; opacity: .35; }
svg .bold { stroke-width: 2.2; }
`,
}
