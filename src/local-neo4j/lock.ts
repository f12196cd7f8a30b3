/** A lock between processes: a file that names its holder, free again when the holder has ended. */
import { randomUUID } from 'node:crypto'
import { link, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { throwIfInterrupted } from '../errors.ts'
import { hasCode, readIfThere } from './files.ts'
import { findProcess, isRunning } from './processes.ts'

const pollMillis = 100

const holderSchema = z.strictObject({ pid: z.int().positive(), identity: z.string(), token: z.string() })
type Holder = z.output<typeof holderSchema>

export interface LockOptions {
  readonly file: string
  /** What is done under the lock, as in "starting the local Neo4j". */
  readonly purpose: string
  readonly log: (line: string) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs `work` while no other process (nor another call of this one) holds the lock; waits for the holder as long as it lives.
 * @throws InterruptedError when `signal` is aborted while waiting.
 */
export async function withLock<T>(options: LockOptions, work: () => Promise<T>): Promise<T> {
  const { file, purpose, log, signal } = options
  const own = await describeSelf()
  let isAnnounced = false
  while (!(await tryAcquire(file, own))) {
    throwIfInterrupted(signal, `waiting for ${file}`)
    const holder = await readHolder(file)
    if (holder === undefined) continue
    if (!(await isRunning(holder))) {
      await breakLock(file, holder)
      continue
    }
    if (!isAnnounced) log(`Waiting for process ${holder.pid}, which is ${purpose} too`)
    isAnnounced = true
    await delay(pollMillis)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function describeSelf(): Promise<Holder> {
  const found = await findProcess(process.pid)
  return { pid: process.pid, identity: found?.identity ?? '', token: randomUUID() }
}

/** A link appears with its content, so nobody reads a half-written holder. */
async function tryAcquire(file: string, own: Holder): Promise<boolean> {
  const draft = `${file}.${own.token}`
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 })
  try {
    await link(draft, file)
    return true
  } catch (thrown) {
    if (hasCode(thrown, 'EEXIST')) return false
    throw thrown
  } finally {
    await rm(draft, { force: true })
  }
}

/** The holder named in the lock file; `undefined` when the lock has just been released. */
async function readHolder(file: string): Promise<Holder | undefined> {
  const text = await readIfThere(file)
  return text === undefined ? undefined : holderSchema.parse(JSON.parse(text))
}

/**
 * Takes the lock of an ended process away. When another process was faster, the file moved aside is that one's lock: it is
 * put back.
 */
async function breakLock(file: string, ended: Holder): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return
    throw thrown
  }
  try {
    if ((await readHolder(aside))?.token !== ended.token) await link(aside, file)
  } finally {
    await rm(aside, { force: true })
  }
}
