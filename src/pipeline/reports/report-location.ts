/** Where a report was written, noted on the node that it is about. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Database } from '../../neo4j/database.ts'
import { recordReport } from '../../neo4j/report-catalogue.ts'

export type ReportSubject =
  | { readonly label: 'SmgModel'; readonly key: { readonly name: string; readonly version: string } }
  | { readonly label: 'SmgRun'; readonly key: { readonly runId: string } }
  | { readonly label: 'SmgEvaluation'; readonly key: { readonly evaluationId: string } }

/** Sets `report` to the URL of `file`, on this machine; the URL. */
export async function noteReport(database: Database, { label, key }: ReportSubject, file: string): Promise<string> {
  const report = pathToFileURL(resolve(file)).href
  await database.run(recordReport, { label }, { key: { ...key }, report })
  return report
}
