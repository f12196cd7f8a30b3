/** `smg query 'CYPHER'`: a read-only statement as a table. */
import type { Command } from 'commander'
import { toJsonValue } from '../neo4j/values.ts'
import { createContext, withDatabase } from './context.ts'
import { parseParameters } from './query-parameters.ts'

export function addQueryCommand(program: Command, signal: AbortSignal): void {
  program
    .command('query')
    .description('a read-only Cypher statement as a table')
    .argument('<cypher>', 'the statement')
    .option('--param <name=value>', 'a parameter; numbers, true, false, null and JSON are read as such', collect, [])
    .action(async (cypher: string, { param }: { param: readonly string[] }, self: Command) => {
      const context = createContext(self, signal)
      const params = parseParameters(param)
      const { columns, rows } = await withDatabase(context, (database) => database.query(cypher, params))
      const objects = rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, toJsonValue(row[i])])))
      context.output.json(objects)
      context.output.table(objects, columns)
      if (rows.length === 0) context.output.line('No rows.')
    })
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value]
}
