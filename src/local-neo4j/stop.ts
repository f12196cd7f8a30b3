/** Stops the local Neo4j. */
import { existsSync } from 'node:fs'
import { type InstanceOptions, instanceOf } from './instance.ts'
import { withLock } from './lock.ts'
import { endServer } from './server-process.ts'
import { readLiveState, removeState } from './server-state.ts'

export interface StopOptions extends InstanceOptions {
  readonly log?: (line: string) => void
  readonly signal?: AbortSignal | undefined
  /** How long a clean stop may take before the process is killed, in milliseconds. Default: 60000 */
  readonly timeoutMillis?: number
}

export interface StopResult {
  readonly wasRunning: boolean
  /** True when it did not end by itself in time; the next start recovers the store. */
  readonly wasKilled: boolean
}

const silent = () => undefined
const defaultTimeoutMillis = 60_000

/**
 * Ends the server and waits until its process is gone; its data stay. Where none runs, only left-over state is cleared.
 * @throws InterruptedError when `signal` is aborted while another process is starting or stopping it.
 */
export async function stopLocalNeo4j(options: StopOptions = {}): Promise<StopResult> {
  const { log = silent, signal, timeoutMillis = defaultTimeoutMillis } = options
  const instance = instanceOf(options)
  if (!existsSync(instance.stateFile) && !existsSync(instance.lockFile)) return { wasRunning: false, wasKilled: false }
  const lock = { file: instance.lockFile, purpose: 'starting or stopping the local Neo4j', log, signal }
  return withLock(lock, async () => {
    const running = await readLiveState(instance)
    const wasKilled = running !== undefined && (await endServer(running, timeoutMillis))
    if (wasKilled)
      log(`The local Neo4j did not stop within ${timeoutMillis / 1000} s and was killed; it recovers at its next start`)
    await removeState(instance)
    return { wasRunning: running !== undefined, wasKilled }
  })
}
