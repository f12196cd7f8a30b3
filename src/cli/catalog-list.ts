/** `smg models list`, `smg runs list` and `smg evaluations list`: the catalog in the database. */
import type { Command } from 'commander'
import type { Nothing } from '../neo4j/catalogue.ts'
import type { Statement } from '../neo4j/statement.ts'
import { createContext, withDatabase } from './context.ts'
import { plainProperties } from './properties-table.ts'

export interface CatalogList {
  /** Of the command, such as "models". */
  readonly name: string
  /** What is listed, such as "trained models". */
  readonly description: string
  readonly statement: Statement<Nothing, Nothing, Record<string, unknown>>
  /** The command that makes them. */
  readonly madeBy: string
}

/** Adds a command with its `list`; what else it does is for the caller to add. */
export function addCatalogList(program: Command, signal: AbortSignal, list: CatalogList): Command {
  const { name, description, statement, madeBy } = list
  const command = program.command(name).description(`${description} of the catalog`)
  command
    .command('list')
    .description(`the ${description}, newest first`)
    .action(async (_flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const rows = await withDatabase(context, (database) => database.run(statement, {}, {}))
      const plain = rows.map(plainProperties)
      context.output.json(plain)
      context.output.table(plain)
      if (plain.length === 0) context.output.line(`No ${description} yet; 'smg ${madeBy}' makes them.`)
    })
  return command
}
