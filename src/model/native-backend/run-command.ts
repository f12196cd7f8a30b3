import { type ChildProcess, spawn } from 'node:child_process'
import { InterruptedError, SmgError } from '../../errors.ts'

const OUTPUT_TAIL_LINES = 12
const PROGRESS_CHECKS_PER_STALL = 4

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal | undefined
  /** Ends the command when neither its output nor `measureProgress` moved for this long. */
  readonly stall?: { readonly millis: number; readonly measureProgress: () => Promise<number> }
}

/**
 * Runs an external command to its end and returns what it wrote to stdout. The command and all it started end with it.
 *
 * @throws SmgError with the last lines of its output when it cannot be started, fails or stalls.
 * @throws InterruptedError when `options.signal` is aborted.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const title = [command, ...args].join(' ')
  if (options.signal?.aborted) throw new InterruptedError(`Interrupted before running ${title}`)
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  const output = collectOutput(child)
  const onAbort = (): void => killGroup(child)
  options.signal?.addEventListener('abort', onAbort, { once: true })
  const watch = watchForStall(child, output, options.stall)
  try {
    const end = await ended(child)
    if (options.signal?.aborted) throw new InterruptedError(`Interrupted while running ${title}`)
    if (end === 'exit code 0') return output.stdout.join('')
    const reason = watch.stalled() ? 'it stood still and was stopped' : end
    throw new SmgError([`Cannot run ${title}: ${reason}`, tail(output.all.join(''))].join('\n').trimEnd())
  } finally {
    watch.stop()
    options.signal?.removeEventListener('abort', onAbort)
  }
}

interface Output {
  readonly stdout: string[]
  readonly all: string[]
}

function collectOutput(child: ChildProcess): Output {
  const output: Output = { stdout: [], all: [] }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout.push(text)
    output.all.push(text)
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => output.all.push(text))
  return output
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal === null ? `exit code ${code}` : `ended by ${signal}`))
  })
}

function watchForStall(child: ChildProcess, output: Output, stall: CommandOptions['stall']) {
  if (stall === undefined) return { stalled: () => false, stop: () => {} }
  let stalled = false
  let lastProgress = Number.NaN
  let lastMoveMillis = performance.now()
  const check = async (): Promise<void> => {
    const progress = output.all.length + (await stall.measureProgress())
    if (progress !== lastProgress) lastMoveMillis = performance.now()
    lastProgress = progress
    if (performance.now() - lastMoveMillis < stall.millis) return
    stalled = true
    killGroup(child)
  }
  const timer = setInterval(() => void check(), stall.millis / PROGRESS_CHECKS_PER_STALL)
  return { stalled: () => stalled, stop: () => clearInterval(timer) }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    child.kill('SIGKILL')
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // ESRCH: all of the group has ended by itself meanwhile.
  }
}

function tail(output: string): string {
  return output.trimEnd().split('\n').slice(-OUTPUT_TAIL_LINES).join('\n')
}
