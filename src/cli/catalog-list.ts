/** `smg models list`, `smg runs list` and `smg evaluations list`: the catalog in the database. */
import type { Command } from 'commander'
import type { Nothing } from '../neo4j/catalogue.ts'
import type { Statement } from '../neo4j/statement.ts'
import { toJsonValue } from '../neo4j/values.ts'
import { createContext, withDatabase } from './context.ts'

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

/** Values of the database as JSON has them. */
export function plainProperties(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toJsonValue(value)]))
}

/** A name and a value a row, without those that are not for reading. */
export function propertyRows(properties: Readonly<Record<string, unknown>>, hidden = /^$/) {
  return Object.entries(properties)
    .filter(([property, value]) => !hidden.test(property) && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([property, value]) => ({ property, value }))
}
