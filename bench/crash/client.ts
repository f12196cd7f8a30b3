/** `smg sync` as people run it, in a process of its own that can be killed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { type Connection, environmentOf } from '../sync/connection.ts'
import { crashSettings } from './graphs.ts'

export interface ClientOptions {
  readonly connection: Connection
  /** Where its configuration and its models are. */
  readonly folder: string
  /** Of the model under whose configuration it runs. */
  readonly version: number
  readonly retrain: boolean
}

export interface ClientOutcome {
  /** `null` where it was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Client {
  readonly pid: number
  /** Whether it has said a line on stderr that begins so. */
  hasSaid(beginning: string): boolean
  /** Whether its process has ended. */
  isOver(): boolean
  kill(): void
  readonly ended: Promise<ClientOutcome>
}

export const modelFolder = 'models'

/** Compiled, it starts faster. */
const smg = import.meta.filename.endsWith('.ts') ? resolve('bin/smg.js') : join(import.meta.dirname, 'smg.js')

export async function startClient({ connection, folder, version, retrain }: ClientOptions): Promise<Client> {
  await writeFile(join(folder, 'smg.config.yaml'), JSON.stringify(crashSettings(version, modelFolder)))
  const words = [smg, 'sync', '--json', ...(retrain ? ['--retrain'] : [])]
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { ...process.env, ...environmentOf(connection) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const errors = createInterface({ input: child.stderr })
  errors.on('line', (line) => lines.push(line))
  let over = false
  const ended = Promise.all([once(child, 'close'), text(child.stdout)]).then(([, stdout]) => {
    over = true
    return { code: child.exitCode, stdout, stderr: lines.join('\n') }
  })
  await once(child, 'spawn')
  return {
    pid: child.pid ?? 0,
    hasSaid: (beginning) => lines.some((line) => line.startsWith(beginning)),
    isOver: () => over,
    kill: () => void child.kill('SIGKILL'),
    ended,
  }
}
