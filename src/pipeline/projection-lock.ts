/**
 * One sync of a projection at a time, by a lock in the database. Its holder renews it while it works; of one that died the
 * lock is taken over, at once on the same machine, elsewhere when it has expired.
 */
import { hostname } from 'node:os'
import { InterruptedError, SmgError } from '../errors.ts'
import { isRunning, thisProcess } from '../local-neo4j/processes.ts'
import type { Database } from '../neo4j/database.ts'
import { acquireLock, createLockConstraint, type LockRow, releaseLock, renewLock } from '../neo4j/lock-catalogue.ts'

export interface LockOptions {
  /** Name of the projection. */
  readonly projection: string
  /** Run that takes the lock. */
  readonly owner: string
  readonly signal?: AbortSignal | undefined
  /** After which a lock that is not renewed may be taken by others; it is renewed three times as often. Default: 60 */
  readonly leaseSeconds?: number
}

/**
 * Runs `work` while this run holds the lock of the projection. The signal that it gets is also aborted when the lock is lost.
 *
 * @throws SmgError if another run holds the lock, or took it over; whatever `work` throws
 */
export async function withProjectionLock<T>(
  database: Database,
  { projection, owner, signal, leaseSeconds = 60 }: LockOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await database.run(createLockConstraint, {}, {})
  const lease = { projection, owner, seconds: leaseSeconds }
  await acquire(database, lease)
  const lost = new AbortController()
  const renew = async () => {
    const held = await database.run(renewLock, {}, lease)
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
  readonly seconds: number
}

async function acquire(database: Database, lease: Lease): Promise<void> {
  const { pid, identity } = await thisProcess()
  const holder = { host: hostname(), pid: BigInt(pid), identity }
  const ask = async (deadOwner: string | null) => {
    const [row] = await database.run(acquireLock, {}, { ...lease, holder, deadOwner })
    if (row === undefined) throw new SmgError(`Cannot lock projection '${lease.projection}': the server gave no answer`)
    return row
  }
  const first = await ask(null)
  if (first.acquired) return
  const second = (await isDead(first)) ? await ask(first.owner) : first
  if (second.acquired) return
  throw new SmgError(
    `Cannot sync projection '${lease.projection}': run ${second.owner} (process ${second.pid} on ${second.host}) is at work on it since ${second.since}; wait until it has ended. If that process is gone, its lock expires within ${lease.seconds} s`,
  )
}

/** Whether the holder ran on this machine, and does not any more. */
async function isDead({ host, pid, identity }: LockRow): Promise<boolean> {
  return host === hostname() && !(await isRunning({ pid, identity }))
}
