/** A report as one page: it asks for nothing from elsewhere, runs no script, and fits a phone, light or dark. */
import { createHash } from 'node:crypto'
import { type Html, html } from './html.ts'
import { reportStyle } from './report-style.ts'
import { table } from './report-table.ts'

export type ReportFact = readonly [name: string, value: string | number]

export interface ReportPage {
  readonly title: string
  /** What it is about, name by name. */
  readonly facts: readonly ReportFact[]
  readonly body: Html
}

/** Of the style alone: whatever else got into the page, a browser neither runs nor fetches it. */
export const reportPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(reportStyle.html).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** A whole HTML document. */
export function reportPage({ title, facts, body }: ReportPage): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${reportPolicy}">
<meta name="viewport" content="width=device-width"><title>${title}</title><style>${reportStyle}</style></head><body>
<h1>${title}</h1>
${table([], facts)}
${body}
</body></html>
`.html
}
