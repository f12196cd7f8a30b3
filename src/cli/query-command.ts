/** `smg query 'CYPHER'`: a read-only statement as a table. */
import type { Command } from 'commander'
import { ConfigError } from '../errors.ts'
import { toJsonValue } from '../neo4j/values.ts'
import { createContext, withDatabase } from './context.ts'

export function addQueryCommand(program: Command, signal: AbortSignal): void {
  program
    .command('query')
    .description('a read-only Cypher statement as a table')
    .argument('<cypher>', 'the statement')
    .option('--param <name=value>', 'a parameter; numbers, true, false, null and JSON are read as such', collect, [])
    .action(async (cypher: string, { param }: { param: readonly string[] }, self: Command) => {
      const context = createContext(self, signal)
      const params = Object.fromEntries(param.map(parseParameter))
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

function parseParameter(text: string): [string, unknown] {
  const split = text.indexOf('=')
  if (split < 1) throw new ConfigError(`Cannot use the parameter '${text}': expected name=value`)
  const value = text.slice(split + 1)
  return [text.slice(0, split), parseValue(value)]
}

function parseValue(text: string): unknown {
  if (/^-?[0-9]+$/.test(text)) return BigInt(text)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
