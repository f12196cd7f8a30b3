/** Wall time by phase, for the millis fields of results. */

export interface Stopwatch {
  /** Adds the time that `work` takes to `phase`. Phases may overlap; time with several works of one phase counts once. */
  measure<T>(phase: string, work: () => Promise<T>): Promise<T>
  millis(phase: string): number
  totalMillis(): number
}

export function createStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const start = now()
  const phases = new Map<string, { spent: number; running: number; since: number }>()
  return {
    measure: async (name, work) => {
      const phase = phases.get(name) ?? { spent: 0, running: 0, since: 0 }
      phases.set(name, phase)
      if (phase.running++ === 0) phase.since = now()
      try {
        return await work()
      } finally {
        if (--phase.running === 0) phase.spent += now() - phase.since
      }
    },
    millis: (name) => Math.round(phases.get(name)?.spent ?? 0),
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
