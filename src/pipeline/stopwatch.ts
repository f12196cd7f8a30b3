/** Wall time by phase, for the millis fields of results. */

export interface Stopwatch {
  /** Adds the time that `work` takes to `phase`; phases may overlap. */
  measure<T>(phase: string, work: () => Promise<T>): Promise<T>
  millis(phase: string): number
  totalMillis(): number
}

export function createStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const start = now()
  const spent = new Map<string, number>()
  return {
    measure: async (phase, work) => {
      const begin = now()
      try {
        return await work()
      } finally {
        spent.set(phase, (spent.get(phase) ?? 0) + now() - begin)
      }
    },
    millis: (phase) => Math.round(spent.get(phase) ?? 0),
    totalMillis: () => Math.round(now() - start),
  }
}

/** Counts the time spent waiting for each value of `source` as `phase`. */
export async function* measureEach<T>(
  stopwatch: Stopwatch,
  phase: string,
  source: AsyncIterable<T>,
): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await stopwatch.measure(phase, async () => iterator.next())
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}
