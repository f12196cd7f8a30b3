/** Trying again what failed for a reason that passes: a server that restarts, an election in a cluster, a deadlock. */
import { setTimeout as delay } from 'node:timers/promises'

export interface RetryBudget {
  /** Time after the first try in which another one may begin. */
  readonly budgetMillis: number
  /** Once aborted, nothing is tried again. */
  readonly signal?: AbortSignal | undefined
}

export interface RetryOptions extends RetryBudget {
  /** Whether another try may go better. */
  readonly passes: (thrown: unknown) => boolean
}

const firstPauseMillis = 250
/** A server that is back should not wait long to be noticed. */
const longestPauseMillis = 4000

/** The result of `work`, or what the last try threw. Pauses double, and vary by a fifth, so that many clients do not come at once. */
export async function withRetries<T>(
  work: () => Promise<T>,
  { budgetMillis, passes, signal }: RetryOptions,
): Promise<T> {
  const startedAt = performance.now()
  for (let pause = firstPauseMillis; ; pause = Math.min(2 * pause, longestPauseMillis)) {
    try {
      return await work()
    } catch (thrown) {
      const wait = pause * (0.8 + 0.4 * Math.random())
      const isTooLate = performance.now() + wait - startedAt > budgetMillis
      if (isTooLate || signal?.aborted || !passes(thrown)) throw thrown
      // A signal ends the pause, and then the next try is the last one.
      await delay(wait, undefined, { signal }).catch(() => undefined)
    }
  }
}
