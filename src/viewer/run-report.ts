/** A scoring run as one page: what it predicted, how sure it is, where its masks lie, and what it changed. */
import { type ClassCounts, classBalance } from './class-balance.ts'
import { histogram } from './histogram.ts'
import { type Html, html } from './html.ts'
import { type ReportFact, reportPage } from './report-page.ts'
import { numberText, table } from './report-table.ts'

export interface BinnedValues {
  readonly low: number
  readonly high: number
  /** Of equally wide intervals from `low` to `high`. */
  readonly counts: readonly number[]
}

export interface LayerMasks {
  /** From 1. */
  readonly layer: number
  readonly mean: number
  /** Of equally wide intervals of [0, 1]. */
  readonly counts: readonly number[]
}

export interface RunChanges {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly meanAbsoluteDifference: number | null
  readonly transitions: readonly { readonly before: string; readonly after: string; readonly count: number }[]
  /** The largest ones. */
  readonly largest: readonly {
    readonly key: string
    readonly before: string | number | null
    readonly after: string | number
    readonly difference: number | null
  }[]
}

export interface RunReport {
  readonly runId: string
  readonly facts: readonly ReportFact[]
  /** Graphs that have their scores of this run: later runs may have scored others anew. */
  readonly graphCount: number
  /** None of a regression. */
  readonly classes: readonly ClassCounts[]
  /** Graphs with a known target for which it is predicted, and all with one; `null` for a regression. */
  readonly agreement: { readonly right: number; readonly known: number } | null
  /** Of predicted classes, `null` for a regression; and the numbers that a regression predicts. */
  readonly probabilities: BinnedValues | null
  readonly numbers: BinnedValues | null
  readonly masks: readonly LayerMasks[]
  /** Measured after training, a row each: name and value, by layer where there are several. */
  readonly maskQuality: readonly (readonly [name: string, ...values: readonly number[]])[]
  /** `null`: not kept any more. */
  readonly changes: RunChanges | null
}

/** A whole HTML document. */
export function runReport(report: RunReport): string {
  const { runId, facts, graphCount, probabilities, numbers, masks, maskQuality, changes } = report
  return reportPage({
    title: `Run ${runId}`,
    facts,
    body: html`<p>${graphCount} graphs have their scores of this run; what follows is about them.</p>
${report.classes.length === 0 ? null : classSection(report)}
<div class="charts">${probabilities && histogram({ title: 'graphs by the probability of their predicted class', ...probabilities })}
${numbers && histogram({ title: 'graphs by their predicted number', ...numbers })}</div>
${masks.length === 0 ? null : maskSection(masks)}
${maskQuality.length === 0 ? null : qualitySection(maskQuality)}
<h2>What it changed</h2>
${changes === null ? html`<p>What this run changed is not kept any more, or it scored nothing.</p>` : changeSection(changes)}`,
  })
}

function classSection({ classes, agreement }: RunReport): Html {
  const share = agreement === null || agreement.known === 0 ? null : (100 * agreement.right) / agreement.known
  return html`<h2>Classes</h2>
${classBalance(classes)}
${
  share === null
    ? null
    : html`<p>Of ${agreement?.known ?? 0} graphs whose class is known ${numberText(share)} % are predicted to be of it. Most of them were learned from: the measures of the model are those of its test part.</p>`
}`
}

function maskSection(masks: readonly LayerMasks[]): Html {
  return html`<h2>Masks</h2>
<div class="charts">${masks.map(({ layer, mean, counts }) =>
    histogram({
      title: `nodes by their mask in layer ${layer}, mean ${numberText(mean)}`,
      low: 0,
      high: 1,
      counts,
    }),
  )}</div>`
}

function qualitySection(rows: RunReport['maskQuality']): Html {
  const layers = Math.max(...rows.map(([, ...values]) => values.length))
  return html`<h3>How good they are, on graphs held out from training</h3>
${table(
  ['measure', ...Array.from({ length: layers }, (_, k) => (layers > 1 ? `layer ${k + 1}` : ''))],
  rows.map(([name, ...values]) => [name, ...values.map((value) => numberText(value))]),
)}`
}

function changeSection({ added, changed, unchanged, meanAbsoluteDifference, transitions, largest }: RunChanges): Html {
  return html`<p>Against what the graphs had before, of the previous run: ${changed} predictions changed, ${unchanged} did not, ${added} graphs are new.${
    meanAbsoluteDifference === null
      ? ''
      : ` Mean difference, of numbers or of the probability of the same class: ${numberText(meanAbsoluteDifference)}.`
  }</p>
${
  transitions.length === 0
    ? null
    : table(
        ['before', 'after', 'graphs'],
        transitions.map(({ before, after, count }) => [before, after, count]),
      )
}
${
  largest.length === 0
    ? null
    : html`<h3>Largest changes</h3>${table(
        ['graph', 'before', 'after', 'difference'],
        largest.map(({ key, before, after, difference }) => [key, shown(before), shown(after), numberText(difference)]),
      )}`
}`
}

function shown(value: string | number | null): string {
  return typeof value === 'number' ? numberText(value, 5) : (value ?? '')
}
