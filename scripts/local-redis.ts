/** A Redis of one's own on loopback, for tests and measurements. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { anyFreePort } from '../src/local-neo4j/ports.ts'
import { debianProgram } from './debian-program.ts'

export interface LocalRedis {
  readonly url: string
  /** Starts it again, on the same port, with the data that it kept. */
  readonly start: () => Promise<void>
  /** As a crash does. */
  readonly kill: () => Promise<void>
  /** Ends it and deletes its data. */
  readonly stop: () => Promise<void>
}

export interface RedisOptions {
  /** Whether it keeps what it knows on disk, as a server should that carries work. Default: yes */
  readonly keepsData?: boolean
}

/** Resolves when it answers. */
export async function startLocalRedis({ keepsData = true }: RedisOptions = {}): Promise<LocalRedis> {
  const { command, env } = await debianProgram({ name: 'redis-server', file: 'usr/bin/redis-server' })
  const directory = await mkdtemp(join(tmpdir(), 'smg-redis-'))
  const port = await anyFreePort()
  let child: ChildProcess | undefined
  const start = async () => {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', '']
    child = spawn(command, [...settings, '--appendonly', keepsData ? 'yes' : 'no', '--loglevel', 'warning'], {
      stdio: 'ignore',
      env: { ...process.env, ...env },
    })
    await answers(port, child)
  }
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    stop: async () => {
      await kill()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const patienceMillis = 10_000

async function answers(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + patienceMillis
  while (!(await pings(port))) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`Cannot start redis-server: expected an answer on port ${port}, got none`)
    await delay(20)
  }
}

async function pings(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  try {
    socket.write('PING\r\n')
    const [answer] = await Promise.race([once(socket, 'data'), once(socket, 'close')])
    return String(answer).startsWith('+PONG')
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
