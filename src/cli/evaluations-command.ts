/** `smg evaluations list` and `smg evaluations report`. */
import type { Command } from 'commander'
import { listEvaluations } from '../neo4j/run-catalogue.ts'
import { evaluationReportOf } from '../pipeline/reports/evaluation-report.ts'
import { addReport } from './add-report.ts'
import { addCatalogList } from './catalog-list.ts'

export function addEvaluationsCommand(program: Command, signal: AbortSignal): void {
  const evaluations = addCatalogList(program, signal, {
    name: 'evaluations',
    description: 'cross-validations',
    statement: listEvaluations,
    madeBy: 'evaluate',
  })
  addReport(evaluations, signal, {
    subject: 'evaluation',
    reference: 'evaluation id',
    what: 'measures, folds, confusion matrix, calibration, and curves as means over folds',
    report: async (database, evaluationId) => ({
      page: await evaluationReportOf(database, evaluationId),
      of: { label: 'SmgEvaluation', key: { evaluationId } },
    }),
  })
}
