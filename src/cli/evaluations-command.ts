/** `smg evaluations list`. */
import type { Command } from 'commander'
import { listEvaluations } from '../neo4j/run-catalogue.ts'
import { addCatalogList } from './catalog-list.ts'

export function addEvaluationsCommand(program: Command, signal: AbortSignal): void {
  addCatalogList(program, signal, {
    name: 'evaluations',
    description: 'cross-validations',
    statement: listEvaluations,
    madeBy: 'evaluate',
  })
}
