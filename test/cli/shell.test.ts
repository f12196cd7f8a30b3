import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Output } from '../../src/cli/output.ts'
import { runShell } from '../../src/cli/shell.ts'
import { InterruptedError } from '../../src/errors.ts'

/** Runs a piped text with a database that answers every statement with its own text, and fails those that say FAIL. */
async function pipe(chunks: readonly string[], signal = new AbortController().signal) {
  const statements: string[] = []
  const documents: unknown[] = []
  const errors: string[] = []
  const output: Output = {
    isJson: true,
    line: () => undefined,
    note: () => undefined,
    table: () => undefined,
    json: (value) => documents.push(value),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  }
  const run = async (statement: string) => {
    statements.push(statement)
    if (statement.includes('FAIL')) throw new Error(`refused: ${statement}`)
    return { columns: ['text', 'count'], rows: [[statement, 1n]] }
  }
  const printError = (message: string) => errors.push(message)
  const failed = await runShell({ input: Readable.from(chunks), isInteractive: false, run, output, printError, signal })
  return { failed, statements, documents, errors }
}

describe('runShell()', () => {
  it('runs piped statements in order and prints their rows, integers as numbers', async () => {
    const { failed, statements, documents } = await pipe(['RETURN 1;\nRETURN', ' 2;\n'])
    expect(failed).toBe(0)
    expect(statements).toEqual(['RETURN 1', 'RETURN 2'])
    expect(documents).toEqual([[{ text: 'RETURN 1', count: 1 }], [{ text: 'RETURN 2', count: 1 }]])
  })

  it('runs a last statement without a semicolon, but not a last comment', async () => {
    expect((await pipe(['RETURN 1'])).statements.map((statement) => statement.trim())).toEqual(['RETURN 1'])
    expect((await pipe(['RETURN 1;\n// done'])).statements).toEqual(['RETURN 1'])
  })

  it('prints the error of a statement that fails, counts it and goes on', async () => {
    const { failed, statements, errors } = await pipe(['FAIL;\nRETURN 1;\n'])
    expect(failed).toBe(1)
    expect(errors).toEqual(['refused: FAIL'])
    expect(statements).toEqual(['FAIL', 'RETURN 1'])
  })

  it('leaves at :exit', async () => {
    expect((await pipe(['RETURN 1;\n:exit\nRETURN 2;\n'])).statements).toEqual(['RETURN 1'])
  })

  it('runs nothing once it is interrupted', async () => {
    const controller = new AbortController()
    controller.abort()
    await expect(pipe(['RETURN 1;\n'], controller.signal)).rejects.toBeInstanceOf(InterruptedError)
  })
})
