/** The engine of one machine: parts in this process, some at a time. */
import pLimit from 'p-limit'
import { InterruptedError } from '../errors.ts'
import { sumOfProgress } from './flow-progress.ts'
import type { WorkEngine } from './work-engine.ts'

/** @param concurrency parts at a time */
export function inProcessEngine(concurrency: number): WorkEngine {
  return {
    isDistributed: false,
    run: async ({ parts, sizeOf, inProcess }, { signal, onProgress }) => {
      const failure = new AbortController()
      const stop = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal])
      const progress = sumOfProgress(parts.map(sizeOf), onProgress)
      const limit = pLimit(concurrency)
      let first: unknown
      const results = await Promise.allSettled(
        parts.map((part, i) =>
          limit(async () => {
            if (stop.aborted) throw new InterruptedError('Interrupted before the work was done')
            try {
              const result = await inProcess(part, { signal: stop, onProgress: (done) => progress.tell(i, done) })
              progress.end(i)
              return result
            } catch (thrown) {
              // Those that are ended because of it say nothing of their own.
              first ??= thrown
              failure.abort()
              throw thrown
            }
          }),
        ),
      )
      return results.map((result) => {
        if (result.status === 'fulfilled') return result.value
        throw first ?? result.reason
      })
    },
    forget: async () => undefined,
    close: async () => undefined,
  }
}
