/** A small Cypher prompt: reads statements, runs them one after the other, prints tables. */
import { createInterface, type Interface } from 'node:readline'
import { messageOf, throwIfInterrupted } from '../errors.ts'
import type { Table } from '../neo4j/database.ts'
import { toJsonValue } from '../neo4j/values.ts'
import type { Output } from './output.ts'
import { isBlank, splitStatements } from './split-statements.ts'

export interface ShellOptions {
  readonly input: NodeJS.ReadableStream
  /** True on a terminal: prompts, and `:` commands. */
  readonly isInteractive: boolean
  readonly run: (statement: string) => Promise<Table>
  readonly output: Output
  /** Told the message of each statement that fails. */
  readonly printError: (message: string) => void
  readonly signal: AbortSignal
}

const help = 'Statements end with ;  :exit (or Ctrl-D) leaves, Ctrl-C drops what was typed, :help shows this'
const prompt = 'neo4j> '
const promptInStatement = '     > '

/**
 * Runs until the input ends or `:exit`; an error is printed and the loop goes on. Gives the number of errors.
 * @throws InterruptedError on `signal`.
 */
export async function runShell(options: ShellOptions): Promise<number> {
  const { input, isInteractive, output, signal } = options
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
    for (const statement of statements) if (!(await runOne(statement, options))) failed++
  }
  lines.on('SIGINT', () => {
    typed = ''
    askOn(lines, typed)
  })
  try {
    if (isInteractive) askOn(lines, typed)
    for await (const line of lines) {
      throwIfInterrupted(signal, 'running statements')
      const command = isBlank(typed) ? line.trim() : ''
      if (command === ':exit' || command === ':quit') break
      if (command === ':help') output.line(help)
      else {
        const { statements, rest } = splitStatements(`${typed}${line}\n`)
        typed = rest
        await runAll(statements)
      }
      if (isInteractive) askOn(lines, typed)
    }
    throwIfInterrupted(signal, 'running statements')
    if (!isInteractive && !isBlank(typed)) await runAll([typed])
  } finally {
    signal.removeEventListener('abort', stop)
    lines.close()
  }
  return failed
}

function askOn(lines: Interface, typed: string): void {
  lines.setPrompt(isBlank(typed) ? prompt : promptInStatement)
  lines.prompt()
}

/** Gives false when the statement failed. */
async function runOne(statement: string, { run, output, printError }: ShellOptions): Promise<boolean> {
  try {
    const { columns, rows } = await run(statement)
    const records = rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column, toJsonValue(row[index])])),
    )
    output.table(records, columns)
    output.line(`${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`)
    output.json(records)
    return true
  } catch (thrown) {
    printError(messageOf(thrown))
    return false
  }
}
