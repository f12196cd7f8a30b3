/** What one run may hold at most; a single item above a limit gets a run of its own. */
export interface RunLimits<T> {
  /** Most items. */
  readonly count: number
  /** Most of each of these sizes, summed over the items. */
  readonly sizes: readonly { readonly of: (item: T) => number; readonly limit: number }[]
}

/** Cuts `items` into consecutive runs within `limits`, in their order. */
export function* runsWithin<T>(items: Iterable<T>, { count, sizes }: RunLimits<T>): Generator<T[]> {
  let run: T[] = []
  let sums = sizes.map(() => 0)
  for (const item of items) {
    const own = sizes.map(({ of }) => of(item))
    const isFull = run.length >= count || sizes.some(({ limit }, i) => (sums[i] ?? 0) + (own[i] ?? 0) > limit)
    if (run.length > 0 && isFull) {
      yield run
      run = []
      sums = sizes.map(() => 0)
    }
    run.push(item)
    sums = sums.map((sum, i) => sum + (own[i] ?? 0))
  }
  if (run.length > 0) yield run
}
