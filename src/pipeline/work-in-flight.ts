/** Work that goes on beside its caller, a bounded amount of it. */

export interface WorkInFlight {
  /**
   * Starts `work` as soon as fewer than the limit are under way, and does not wait for its end.
   * @throws what earlier work threw
   */
  start(work: () => Promise<void>): Promise<void>
  /**
   * Waits until nothing is under way any more.
   * @throws what work threw that no `start` has thrown yet
   */
  end(): Promise<void>
}

export function createWorkInFlight(limit: number): WorkInFlight {
  const underWay = new Set<Promise<void>>()
  let failure: { readonly thrown: unknown } | undefined
  const throwFailure = () => {
    if (failure === undefined) return
    const { thrown } = failure
    failure = undefined
    throw thrown
  }
  return {
    async start(work) {
      while (underWay.size >= limit) await Promise.race(underWay)
      throwFailure()
      const done: Promise<void> = work()
        .catch((thrown: unknown) => {
          failure ??= { thrown }
        })
        .finally(() => underWay.delete(done))
      underWay.add(done)
    },
    async end() {
      await Promise.all(underWay)
      throwFailure()
    },
  }
}
