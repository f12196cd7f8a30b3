/** The `smg` command as people run it: built, a process of its own, in a folder of its own, on the test server. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { testServer } from './server.ts'

const smg = fileURLToPath(new URL('./built-smg.js', import.meta.url))

export interface SmgOptions {
  /** Working directory: where smg.config.yaml and the models are. */
  readonly cwd: string
  /** Over the variables that name the test server; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What it reads from stdin. */
  readonly input?: string
}

export interface SmgOutcome {
  /** Exit code; `null` where a signal ended the process. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningSmg {
  readonly child: ChildProcess
  /** Resolves when it has printed a line on stderr that matches, before this call or after; rejects when it ends without. */
  readonly said: (pattern: RegExp) => Promise<string>
  /** Resolves when it has ended. */
  readonly ended: Promise<SmgOutcome>
}

/** Starts a command; the caller waits for `ended`. */
export function startSmg(words: readonly string[], { cwd, env = {}, input = '' }: SmgOptions): RunningSmg {
  const { uri, username, password, database } = testServer()
  const server = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database }
  const child = spawn(process.execPath, [smg, ...words], {
    cwd,
    env: { ...process.env, ...server, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  const lines: string[] = []
  const log = createInterface({ input: child.stderr })
  log.on('line', (line) => lines.push(line))
  const ended = Promise.all([text(child.stdout), once(log, 'close'), once(child, 'close')]).then(([stdout]) => ({
    code: child.exitCode,
    stdout,
    stderr: lines.map((line) => `${line}\n`).join(''),
  }))
  return {
    child,
    ended,
    said: async (pattern) => {
      for (;;) {
        const line = lines.find((candidate) => pattern.test(candidate))
        if (line !== undefined) return line
        await Promise.race([once(log, 'line'), ended.then(rejectUnsaid(pattern))])
      }
    },
  }
}

/** Runs a command to its end. */
export function runSmg(words: readonly string[], options: SmgOptions): Promise<SmgOutcome> {
  return startSmg(words, options).ended
}

function rejectUnsaid(pattern: RegExp) {
  return ({ code, stderr }: SmgOutcome): never => {
    throw new Error(`smg ended with ${code} before it said ${pattern}:\n${stderr}`)
  }
}
