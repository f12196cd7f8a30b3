/** Reading ahead by one. */

/** Yields the same values; the next one is asked for while the caller works on the current one. */
export async function* prefetch<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  let next = iterator.next()
  try {
    for (;;) {
      const current = await next
      if (current.done === true) return
      next = iterator.next()
      // A failure surfaces at the next `await`; until then it must not count as unhandled.
      next.catch(() => undefined)
      yield current.value
    }
  } finally {
    await next.catch(() => undefined)
    await iterator.return?.()
  }
}
