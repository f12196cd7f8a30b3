/** `smg models list`, `smg runs list` and `smg evaluations list`: the catalog in the database. */
import type { Command } from 'commander'
import { listEvaluations, listModels, listRuns } from '../neo4j/run-catalogue.ts'
import { toJsonValue } from '../neo4j/values.ts'
import { createContext, withDatabase } from './context.ts'

export function addCatalogCommands(program: Command, signal: AbortSignal): void {
  const lists = [
    { name: 'models', description: 'trained models', statement: listModels, madeBy: 'sync' },
    { name: 'runs', description: 'scoring runs', statement: listRuns, madeBy: 'sync' },
    { name: 'evaluations', description: 'cross-validations', statement: listEvaluations, madeBy: 'evaluate' },
  ]
  for (const { name, description, statement, madeBy } of lists) {
    program
      .command(name)
      .description(`${description} of the catalog`)
      .command('list')
      .description(`the ${description}, newest first`)
      .action(async (_flags: unknown, self: Command) => {
        const context = createContext(self, signal)
        const rows = await withDatabase(context, (database) => database.run(statement, {}, {}))
        const plain = rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toJsonValue(value)])),
        )
        context.output.json(plain)
        context.output.table(plain)
        if (plain.length === 0) context.output.line(`No ${description} yet; 'smg ${madeBy}' makes them.`)
      })
  }
}
