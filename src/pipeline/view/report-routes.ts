/** Reports over HTTP, as the catalog has them now. */
import type { Database } from '../../neo4j/database.ts'
import type { HttpRoute } from '../../viewer/http-server.ts'
import { reportPolicy } from '../../viewer/report-page.ts'
import { evaluationReportOf } from '../reports/evaluation-report.ts'
import { runReport } from '../reports/run-report.ts'
import { trainingReport } from '../reports/training-report.ts'
import { wordOf } from './request-words.ts'

export function reportRoutes(database: Database): readonly HttpRoute[] {
  const page = (path: string, report: (query: URLSearchParams) => Promise<string>): HttpRoute => ({
    method: 'GET',
    path,
    answer: async ({ query }) => ({
      status: 200,
      type: 'text/html; charset=utf-8',
      body: await report(query),
      headers: { 'content-security-policy': `${reportPolicy}; frame-ancestors 'none'` },
    }),
  })
  return [
    page('/reports/model', (query) => trainingReport(database, wordOf(query, 'name'), query.get('version'))),
    page('/reports/run', (query) => runReport(database, wordOf(query, 'id'))),
    page('/reports/evaluation', (query) => evaluationReportOf(database, wordOf(query, 'id'))),
  ]
}
