/** Working ahead of the one who asks, within bounds. */

/**
 * Yields what `work` makes of each value of `source`, in its order. While the caller is busy with one, up to `ahead` further
 * ones are made: so many may be in memory, and no more.
 */
export async function* mapAhead<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  work: (value: T) => Promise<R>,
  ahead: number,
): AsyncGenerator<R> {
  const pending: Promise<R>[] = []
  try {
    for await (const value of source) {
      const made = work(value)
      // A failure surfaces when its turn comes; until then it must not count as unhandled.
      made.catch(() => undefined)
      pending.push(made)
      if (pending.length > ahead) yield* first(pending)
    }
    while (pending.length > 0) yield* first(pending)
  } finally {
    await Promise.allSettled(pending)
  }
}

async function* first<R>(pending: Promise<R>[]): AsyncGenerator<R> {
  const next = pending.shift()
  if (next !== undefined) yield await next
}
