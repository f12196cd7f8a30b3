/**
 * A Redis of one's own on loopback, for tests and measurements: the redis-server on the path, else that of Debian's packages, fetched
 * once into the cache of the user and run from there.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import envPaths from 'env-paths'
import { anyFreePort } from '../src/local-neo4j/ports.ts'

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
  const { command, libraries } = await redisServer()
  const directory = await mkdtemp(join(tmpdir(), 'smg-redis-'))
  const port = await anyFreePort()
  let child: ChildProcess | undefined
  const start = async () => {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', '']
    child = spawn(command, [...settings, '--appendonly', keepsData ? 'yes' : 'no', '--loglevel', 'warning'], {
      stdio: 'ignore',
      env: { ...process.env, ...(libraries !== undefined && { LD_LIBRARY_PATH: libraries }) },
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

interface RedisServer {
  readonly command: string
  /** Where its libraries are, if it does not find them by itself. */
  readonly libraries?: string
}

const packages = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1']

async function redisServer(): Promise<RedisServer> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'redis-server'))
  const command = onPath.find(isExecutable)
  if (command !== undefined) return { command }
  const cache = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'redis')
  if (!existsSync(cache)) await fetchPackages(cache)
  const bin = join(cache, 'usr', 'bin', 'redis-server')
  const libraries = join(cache, 'usr', 'lib')
  const [folder = ''] = (await readdir(libraries)).filter((name) => name.includes('linux'))
  return { command: bin, libraries: join(libraries, folder) }
}

async function fetchPackages(cache: string): Promise<void> {
  const run = promisify(execFile)
  const draft = await mkdtemp(join(tmpdir(), 'smg-redis-packages-'))
  try {
    await run('apt-get', ['download', ...packages], { cwd: draft })
    const root = join(draft, 'root')
    for (const name of await readdir(draft))
      if (name.endsWith('.deb')) await run('dpkg', ['-x', join(draft, name), root])
    await mkdir(join(cache, '..'), { recursive: true })
    await cp(root, `${cache}.${process.pid}`, { recursive: true, verbatimSymlinks: true })
    await rename(`${cache}.${process.pid}`, cache)
  } catch (cause) {
    throw new Error(
      'Cannot get redis-server: expected it on the path, or apt-get to fetch it; install Redis 6.2 or later',
      {
        cause,
      },
    )
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
