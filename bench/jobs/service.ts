/** A daemon or a worker in a process of its own, which can be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface ServiceOptions {
  readonly name: string
  /** Of `smg`. */
  readonly words: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** A line of its log. */
export interface LogLine {
  readonly service: string
  readonly msg: string
  readonly [field: string]: unknown
}

export interface Service {
  readonly name: string
  /** All lines of all its processes. */
  readonly lines: readonly LogLine[]
  start(): void
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>
  /** SIGTERM. */
  stop(): Promise<void>
}

/** Compiled, it starts faster. */
const smg = import.meta.filename.endsWith('.ts')
  ? resolve('bin/smg.js')
  : join(import.meta.dirname, '..', 'crash', 'smg.js')

export function createService({ name, words, cwd, env }: ServiceOptions): Service {
  const lines: LogLine[] = []
  let child: ChildProcess | undefined
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'close')
    child.kill(signal)
    await ended
  }
  return {
    name,
    lines,
    start: () => {
      const started = spawn(process.execPath, [smg, ...words], {
        cwd,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      child = started
      createInterface({ input: started.stderr }).on('line', (text) => lines.push(lineOf(name, text)))
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

function lineOf(service: string, text: string): LogLine {
  try {
    return { service, msg: '', ...JSON.parse(text) }
  } catch {
    return { service, msg: text }
  }
}
