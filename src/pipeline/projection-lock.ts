/**
 * One sync of a projection at a time, by a lock in the database. Its holder renews it while it works; of one that died the
 * lock is taken over, at once on the same machine, elsewhere when it has expired.
 */
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { InterruptedError, SmgError, throwIfInterrupted } from '../errors.ts'
import { isRunning, thisProcess } from '../local-neo4j/processes.ts'
import type { Database } from '../neo4j/database.ts'
import { acquireLock, createLockConstraint, type LockRow, releaseLock, renewLock } from '../neo4j/lock-catalogue.ts'

export interface LockOptions {
  /** Name of the projection. */
  readonly projection: string
  /** Run that takes the lock. */
  readonly run: string
  /** Another one for each attempt at the run. Default: the run */
  readonly owner?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** After which a lock that is not renewed may be taken by others; it is renewed three times as often. Default: 60 */
  readonly leaseSeconds?: number
  /** Told once that another run has the lock, which is then waited for. Default: to refuse */
  readonly onWait?: (() => void) | undefined
}

/**
 * Runs `work` while this run holds the lock of the projection. The signal that it gets is also aborted when the lock is lost.
 *
 * @throws SmgError if another run holds the lock and is not waited for, or took it over; InterruptedError once the signal is
 * aborted while it is waited for; whatever `work` throws
 */
export async function withProjectionLock<T>(
  database: Database,
  { projection, run, owner = run, signal, leaseSeconds = 60, onWait }: LockOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await database.run(createLockConstraint, {}, {})
  const lease = { projection, owner, run, seconds: leaseSeconds }
  let holder = await acquire(database, lease)
  if (holder !== null) {
    if (onWait === undefined) throw heldBy(holder, lease)
    onWait()
  }
  while (holder !== null) {
    await delay(askAgainMillis, undefined, { signal }).catch(() => undefined)
    throwIfInterrupted(signal, `waiting for projection '${projection}'`)
    holder = await acquire(database, lease)
  }
  const lost = new AbortController()
  const renew = async () => {
    const held = await database.run(renewLock, {}, { projection, owner, seconds: leaseSeconds })
    if (held.length === 0) lost.abort()
  }
  // A server that does not answer for a moment is tried again; for longer, the work itself will notice.
  const timer = setInterval(() => renew().catch(() => undefined), (leaseSeconds * 1000) / 3)
  try {
    return await work(AbortSignal.any(signal === undefined ? [lost.signal] : [lost.signal, signal]))
  } catch (thrown) {
    if (!lost.signal.aborted || !(thrown instanceof InterruptedError)) throw thrown
    throw new SmgError(
      `Cannot go on with projection '${projection}': another run has taken its lock over; what was written so far is complete`,
      { cause: thrown },
    )
  } finally {
    clearInterval(timer)
    // Where the server is gone, the lock expires.
    await database.run(releaseLock, {}, { projection, owner }).catch(() => undefined)
  }
}

interface Lease {
  readonly projection: string
  readonly owner: string
  readonly run: string
  readonly seconds: number
}

const askAgainMillis = 1_000

/** Who holds the lock instead; `null` where this run holds it now. */
async function acquire(database: Database, lease: Lease): Promise<LockRow | null> {
  const { pid, identity } = await thisProcess()
  const holder = { host: hostname(), pid: BigInt(pid), identity }
  const ask = async (deadOwner: string | null) => {
    const [row] = await database.run(acquireLock, {}, { ...lease, holder, deadOwner })
    if (row === undefined) throw new SmgError(`Cannot lock projection '${lease.projection}': the server gave no answer`)
    return row
  }
  const first = await ask(null)
  if (first.acquired) return null
  const second = (await isDead(first)) ? await ask(first.owner) : first
  return second.acquired ? null : second
}

function heldBy({ owner, pid, host, since }: LockRow, { projection, seconds }: Lease): SmgError {
  return new SmgError(
    `Cannot sync projection '${projection}': run ${owner} (process ${pid} on ${host}) is at work on it since ${since}; wait until it has ended. If that process is gone, its lock expires within ${seconds} s`,
  )
}

/** Whether the holder ran on this machine, and does not any more. */
async function isDead({ host, pid, identity }: LockRow): Promise<boolean> {
  return host === hostname() && !(await isRunning({ pid, identity }))
}
