/** The server as a process: spawned, waited for until it accepts connections, ended. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseError, InterruptedError, messageOf } from '../errors.ts'
import { hasCode, readIfThere } from './files.ts'
import type { Instance } from './instance.ts'
import { lastLines } from './last-lines.ts'
import { isAccepting } from './ports.ts'
import { findProcess, isRunning, type ProcessRecord, sendSignal, waitForExit } from './processes.ts'

const pollMillis = 100
const readyLine = /^ready$/m

/** A start that failed because something else listens on the port. */
export class PortTakenError extends DatabaseError {}

/** Starts the server detached, so that it outlives this process; what it prints goes to the log file. */
export async function spawnServer(
  java: string,
  args: readonly string[],
  { directory, logFile }: Instance,
): Promise<ProcessRecord> {
  await mkdir(dirname(logFile), { recursive: true })
  await rename(logFile, `${logFile}.1`).catch((thrown: unknown) => {
    if (!hasCode(thrown, 'ENOENT')) throw thrown
  })
  const log = await open(logFile, 'wx', 0o600)
  try {
    const child = spawn(java, args, { cwd: directory, detached: true, stdio: ['ignore', log.fd, log.fd] })
    await once(child, 'spawn')
    child.unref()
    const found = child.pid === undefined ? undefined : await findProcess(child.pid)
    if (found === undefined) throw await failedStart(logFile)
    return found
  } catch (thrown) {
    if (thrown instanceof DatabaseError) throw thrown
    throw new DatabaseError(`Cannot start the local Neo4j: ${java}: ${messageOf(thrown)}`, { cause: thrown })
  } finally {
    await log.close()
  }
}

export interface ReadyOptions {
  readonly server: ProcessRecord
  readonly port: number
  readonly logFile: string
  readonly timeoutMillis: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Resolves when the server has said that it is ready and its port accepts connections.
 * @throws DatabaseError with the end of its log when it ended or took too long; InterruptedError on `signal`.
 */
export async function waitUntilReady({ server, port, logFile, timeoutMillis, signal }: ReadyOptions): Promise<void> {
  const deadline = performance.now() + timeoutMillis
  while (!(await hasPrinted(logFile, readyLine)) || !(await isAccepting(port))) {
    if (signal?.aborted) throw new InterruptedError('Interrupted while starting the local Neo4j')
    if (!(await isRunning(server))) throw await failedStart(logFile)
    if (performance.now() > deadline)
      throw new DatabaseError(
        `Cannot start the local Neo4j: not ready after ${timeoutMillis / 1000} s; the end of ${logFile}:\n${await endOf(logFile)}`,
      )
    await delay(pollMillis)
  }
}

/** Asks the server to end and waits; after `timeoutMillis` it is killed. Gives true when it had to be killed. */
export async function endServer(server: ProcessRecord, timeoutMillis: number): Promise<boolean> {
  sendSignal(server, 'SIGTERM')
  if (await waitForExit(server, timeoutMillis)) return false
  sendSignal(server, 'SIGKILL')
  await waitForExit(server, timeoutMillis)
  return true
}

async function failedStart(logFile: string): Promise<DatabaseError> {
  const output = (await readIfThere(logFile)) ?? ''
  const kind = /already in use|BindException/.test(output) ? PortTakenError : DatabaseError
  return new kind(
    `Cannot start the local Neo4j: the server ended while starting; the end of ${logFile}:\n${await endOf(logFile)}`,
  )
}

async function hasPrinted(logFile: string, line: RegExp): Promise<boolean> {
  return line.test((await readIfThere(logFile)) ?? '')
}

async function endOf(logFile: string): Promise<string> {
  return lastLines((await readIfThere(logFile)) ?? '')
}
