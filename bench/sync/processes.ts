/** Runs a program to its end and reads the JSON in the last line that it printed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { z } from 'zod'

export interface Program {
  readonly command: string
  readonly args: readonly string[]
  /** Beside ours. */
  readonly environment: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

export interface Finished<T> {
  readonly result: T
  /** From its start to its end. */
  readonly process_s: number
}

/** What the program says on stderr is shown as it comes. */
export async function runProgram<T>(program: Program, schema: z.ZodType<T>): Promise<Finished<T>> {
  const { command, args, environment, signal } = program
  const start = performance.now()
  const env = { ...process.env, ...environment }
  const child = spawn(command, args, { env, signal, stdio: ['ignore', 'pipe', 'inherit'] })
  const [[code, killedBy], output] = await Promise.all([once(child, 'close'), text(child.stdout)])
  const process_s = (performance.now() - start) / 1000
  if (code !== 0)
    throw new Error(`Cannot measure: expected ${[command, ...args].join(' ')} to end with 0, got ${killedBy ?? code}`)
  return { result: schema.parse(JSON.parse(output.trim().split('\n').at(-1) ?? '')), process_s }
}
