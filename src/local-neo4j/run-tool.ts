/** Runs a tool to its end. */
import { spawn } from 'node:child_process'
import { DatabaseError, InterruptedError } from '../errors.ts'
import { hasCode } from './files.ts'
import { lastLines } from './last-lines.ts'

export interface ToolOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Completes "Cannot …" when it fails. */
  readonly purpose: string
  /** How to get the tool, when it is not there. */
  readonly remedy: string
  readonly signal?: AbortSignal | undefined
}

/** @throws DatabaseError with the last lines it printed when it fails or is not there; InterruptedError on `signal`. */
export async function runTool(options: ToolOptions): Promise<void> {
  const { command, args, env = process.env, purpose, remedy, signal } = options
  const { code, output, failure } = await collect(command, args, env, signal)
  if (signal?.aborted) throw new InterruptedError(`Interrupted while running ${command}; nothing is left half done`)
  if (failure !== undefined)
    throw new DatabaseError(
      hasCode(failure, 'ENOENT')
        ? `Cannot ${purpose}: ${command} is not there; ${remedy}`
        : `Cannot ${purpose}: ${failure.message}`,
      { cause: failure },
    )
  if (code !== 0) throw new DatabaseError(`Cannot ${purpose}: ${command} failed:\n${lastLines(output)}`)
}

interface Outcome {
  readonly code: number | null
  readonly output: string
  readonly failure: Error | undefined
}

function collect(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) })
    let output = ''
    let failure: Error | undefined
    const append = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', append)
    child.stderr.on('data', append)
    child.once('error', (error) => {
      failure = error
    })
    child.once('close', (code) => resolve({ code, output, failure }))
  })
}
