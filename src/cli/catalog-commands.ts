/** `smg models list` and `smg runs list`: the catalog in the database. */
import type { Command } from 'commander'
import { listModels, listRuns } from '../neo4j/run-catalogue.ts'
import { toJsonValue } from '../neo4j/values.ts'
import { createContext, withDatabase } from './context.ts'

export function addCatalogCommands(program: Command, signal: AbortSignal): void {
  const lists = [
    { name: 'models', description: 'trained models', statement: listModels },
    { name: 'runs', description: 'scoring runs', statement: listRuns },
  ]
  for (const { name, description, statement } of lists) {
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
        if (plain.length === 0) context.output.line(`No ${description} yet; 'smg sync' makes them.`)
      })
  }
}
