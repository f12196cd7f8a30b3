/** Starts the local Neo4j, or finds it running. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, DatabaseError } from '../errors.ts'
import { javaArguments, type MemoryOptions, serverConfiguration } from './configuration.ts'
import { connectionTo, type LocalNeo4jConnection } from './connection.ts'
import { type Installation, type InstallOptions, installLocalNeo4j } from './install.ts'
import { type Instance, type InstanceOptions, instanceOf, prepareDirectory } from './instance.ts'
import { withLock } from './lock.ts'
import { ensurePassword } from './password.ts'
import { anyFreePort, defaultPort, isFree, nextFreePort } from './ports.ts'
import { endServer, PortTakenError, spawnServer, waitUntilReady } from './server-process.ts'
import { readLiveState, removeState, type ServerState, writeState } from './server-state.ts'

export interface StartOptions extends InstanceOptions, InstallOptions, MemoryOptions {
  /** Bolt port; 0 takes any free one. Default: 7687, or the next free one. */
  readonly port?: number | undefined
  /** Further arguments of `java`. */
  readonly jvmArguments?: readonly string[]
  /** How long to wait until it accepts connections, in milliseconds. Default: 300000 */
  readonly timeoutMillis?: number
}

const silent = () => undefined
const defaultTimeoutMillis = 300_000
const stopTimeoutMillis = 30_000
const startAttempts = 5
const highestPort = 65_535
const lowestHeapMegabytes = 256

/**
 * Gives the connection to the instance, starting it (and getting its JARs) if need be. Of several callers at once one starts
 * it and the others wait. It goes on running after this process has ended.
 * @throws ConfigError for options that cannot be; DatabaseError when Java, Maven, the port or the server itself fails, with
 *   the end of the server's log; InterruptedError on `signal`, after the half-started server was ended.
 */
export async function startLocalNeo4j(options: StartOptions = {}): Promise<LocalNeo4jConnection> {
  const { log = silent, signal, timeoutMillis = defaultTimeoutMillis } = options
  refuseImpossible(options)
  const instance = instanceOf(options)
  await prepareDirectory(instance)
  const lock = { file: instance.lockFile, purpose: 'starting or stopping the local Neo4j', log, signal }
  return withLock(lock, async () => {
    const password = await ensurePassword(instance, log)
    const running = await readLiveState(instance)
    if (running !== undefined) {
      refuseOtherWishes(options, running)
      await waitUntilReady({ server: running, port: running.port, logFile: instance.logFile, timeoutMillis, signal })
      return connectionTo(instance, running, password, true)
    }
    await removeState(instance)
    const installation = await installLocalNeo4j(options)
    const state = await launchOnSomePort(instance, installation, options)
    return connectionTo(instance, state, password, false)
  })
}

function refuseImpossible({ port = defaultPort, heapMegabytes = lowestHeapMegabytes }: StartOptions): void {
  if (!(Number.isInteger(port) && port >= 0 && port <= highestPort))
    throw new ConfigError(`Cannot start the local Neo4j on port ${port}: expected 0 to ${highestPort}`)
  if (!(Number.isInteger(heapMegabytes) && heapMegabytes >= lowestHeapMegabytes))
    throw new ConfigError(
      `Cannot start the local Neo4j with a heap of ${heapMegabytes} MiB: expected at least ${lowestHeapMegabytes}`,
    )
}

function refuseOtherWishes({ port, neo4jVersion }: StartOptions, running: ServerState): void {
  const wish =
    port !== undefined && port !== 0 && port !== running.port
      ? `on port ${port}`
      : neo4jVersion !== undefined && neo4jVersion !== running.neo4jVersion
        ? `${neo4jVersion}`
        : undefined
  if (wish !== undefined)
    throw new DatabaseError(
      `Cannot start the local Neo4j ${wish}: ${running.neo4jVersion} is already running on port ${running.port}; stop it first with "smg db stop"`,
    )
}

/** A port that was free may be taken before the server listens on it; unless it was asked for, the next one is tried. */
async function launchOnSomePort(
  instance: Instance,
  installation: Installation,
  options: StartOptions,
): Promise<ServerState> {
  const { port: asked, log = silent } = options
  let first = defaultPort
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(asked, first)
    if (asked === undefined && port !== defaultPort) log(`Port ${defaultPort} is taken; using ${port}`)
    try {
      return await launch(instance, installation, options, port)
    } catch (thrown) {
      if (!(thrown instanceof PortTakenError)) throw thrown
      if (asked) throw portRefused(asked, thrown)
      if (attempt === startAttempts) throw thrown
      first = port + 1
    }
  }
}

async function choosePort(asked: number | undefined, first: number): Promise<number> {
  if (asked === 0) return anyFreePort()
  if (asked === undefined) return nextFreePort(first)
  if (!(await isFree(asked))) throw portRefused(asked)
  return asked
}

function portRefused(port: number, cause?: Error): DatabaseError {
  return new DatabaseError(
    `Cannot start the local Neo4j on port ${port}: something else listens there; name another with --port, or none for the next free one`,
    { cause },
  )
}

async function launch(
  instance: Instance,
  installation: Installation,
  options: StartOptions,
  port: number,
): Promise<ServerState> {
  const { log = silent, signal, timeoutMillis = defaultTimeoutMillis, jvmArguments = [] } = options
  const { java, neo4jVersion } = installation
  await writeFile(instance.configurationFile, serverConfiguration(port, options), { mode: 0o600 })
  log(`Starting Neo4j ${neo4jVersion} on port ${port}`)
  const args = javaArguments(installation, instance, options, jvmArguments)
  const server = await spawnServer(join(java.home, 'bin', 'java'), args, instance)
  try {
    const state = { ...server, port, neo4jVersion, javaHome: java.home, startedAt: new Date().toISOString() }
    await writeState(instance, state)
    await waitUntilReady({ server, port, logFile: instance.logFile, timeoutMillis, signal })
    return state
  } catch (thrown) {
    await endServer(server, stopTimeoutMillis)
    await removeState(instance)
    throw thrown
  }
}
