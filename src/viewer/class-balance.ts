/** How many graphs are of each class, as known and as predicted, side by side. */
import { type Html, html } from './html.ts'
import { table } from './report-table.ts'

export interface ClassCounts {
  readonly name: string
  /** Graphs whose target is known to be it. */
  readonly known: number
  readonly predicted: number
}

const [width, height] = [200, 24]

export function classBalance(classes: readonly ClassCounts[]): Html {
  const most = classes.reduce((largest, { known, predicted }) => Math.max(largest, known, predicted), 1)
  const bar = (count: number, y: number, of: string) =>
    html`<rect class="${of}" x="0" y="${y}" width="${((width * count) / most).toFixed(1)}" height="${height / 2 - 2}"/>`
  return table(
    ['class', 'known', 'predicted', 'known above, predicted below'],
    classes.map(({ name, known, predicted }) => [
      name,
      known,
      predicted,
      html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${known} known above, ${predicted} predicted below">${bar(known, 1, 'bar second')}${bar(predicted, height / 2 + 1, 'bar')}</svg>`,
    ]),
  )
}
