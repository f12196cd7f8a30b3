/** A small Cypher prompt: reads statements, runs them one after the other, prints tables. */
import { createInterface, type Interface } from 'node:readline'
import { messageOf } from '../errors.ts'
import type { Table } from '../neo4j/database.ts'
import { toJsonValue } from '../neo4j/values.ts'
import type { Output } from './output.ts'
import { splitStatements } from './split-statements.ts'

export interface ShellOptions {
  readonly input: NodeJS.ReadableStream
  /** True on a terminal: prompts, and `:` commands. */
  readonly isInteractive: boolean
  readonly run: (statement: string, params: Readonly<Record<string, never>>) => Promise<Table>
  readonly output: Output
  readonly signal: AbortSignal
}

const help = 'Statements end with ;  :exit (or Ctrl-D) leaves, Ctrl-C drops what was typed, :help shows this'
const prompt = 'neo4j> '
const promptInStatement = '     > '

/** Runs until the input ends, `:exit` or `signal`; an error is printed and the loop goes on. Gives the number of errors. */
export async function runShell({ input, isInteractive, run, output, signal }: ShellOptions): Promise<number> {
  const lines = createInterface({
    input,
    terminal: isInteractive,
    prompt,
    ...(isInteractive && { output: process.stdout }),
  })
  const stop = () => lines.close()
  signal.addEventListener('abort', stop, { once: true })
  let failed = 0
  let typed = ''
  const runAll = async (statements: readonly string[]) => {
    for (const statement of statements) if (!(await runOne(statement, run, output))) failed++
  }
  lines.on('SIGINT', () => {
    typed = ''
    askOn(lines, typed)
  })
  try {
    if (isInteractive) askOn(lines, typed)
    for await (const line of lines) {
      const command = typed.trim() === '' ? line.trim() : ''
      if (command === ':exit' || command === ':quit') break
      if (command === ':help') output.line(help)
      else {
        const { statements, rest } = splitStatements(`${typed}${line}\n`)
        typed = rest
        await runAll(statements)
      }
      if (isInteractive) askOn(lines, typed)
    }
    if (!isInteractive && !signal.aborted && typed.trim() !== '') await runAll([typed])
  } finally {
    signal.removeEventListener('abort', stop)
    lines.close()
  }
  return failed
}

function askOn(lines: Interface, typed: string): void {
  lines.setPrompt(typed.trim() === '' ? prompt : promptInStatement)
  lines.prompt()
}

/** Gives false when the statement failed. */
async function runOne(statement: string, run: ShellOptions['run'], output: Output): Promise<boolean> {
  try {
    const { columns, rows } = await run(statement, {})
    const records = rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column, toJsonValue(row[index])])),
    )
    output.table(records, columns)
    output.line(`${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`)
    output.json(records)
    return true
  } catch (thrown) {
    console.error(messageOf(thrown))
    return false
  }
}
