/** Tables of reports, and numbers in them. */
import { type Html, html } from './html.ts'

export type Cell = string | number | Html

export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  return html`<table>${head.length > 0 ? html`<tr>${head.map((name) => html`<th>${name}</th>`)}</tr>` : null}
${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</table>`
}

/** To so many significant digits; nothing where there is no number. */
export function numberText(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined || Number.isNaN(value)
    ? ''
    : Number(value.toPrecision(digits)).toString()
}

const shadeSteps = 20

/** Class of a cell that is the darker, the larger the share: the policy of the page allows no style of its own. */
export function shadeClass(share: number): string {
  return `shade-${Math.round(shadeSteps * Math.min(1, Math.max(0, share)))}`
}

export const shadeStyles = Array.from(
  { length: shadeSteps + 1 },
  (_, step) =>
    `.shade-${step} { background: color-mix(in srgb, var(--line) ${(70 * step) / shadeSteps}%, transparent); }`,
).join('\n')
