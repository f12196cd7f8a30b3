/** `smg models report`, `smg runs report` and `smg evaluations report`: a page about what the catalog has. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Database } from '../neo4j/database.ts'
import { noteReport, type ReportSubject } from '../pipeline/reports/report-location.ts'
import { createContext, withDatabase } from './context.ts'
import { requireFolderOf } from './output-file.ts'

export interface CatalogReport {
  /** What it is about: "run" */
  readonly subject: string
  /** How people name one. */
  readonly reference: string
  /** What it shows, in words. */
  readonly what: string
  readonly report: (database: Database, text: string) => Promise<{ readonly page: string; readonly of: ReportSubject }>
}

export function addReport(command: Command, signal: AbortSignal, { subject, reference, what, report }: CatalogReport) {
  command
    .command('report')
    .description(`write an HTML page: ${what}`)
    .argument(`<${subject}>`, reference)
    .argument('<file>', 'the page, which show and list name from then on')
    .action(async (text: string, file: string, _flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      await requireFolderOf(file, 'report')
      const url = await withDatabase(context, async (database) => {
        const { page, of } = await report(database, text)
        await writeFile(file, page)
        return noteReport(database, of, file)
      })
      context.output.json({ report: url })
      context.output.line(`Wrote ${file}`)
    })
}
