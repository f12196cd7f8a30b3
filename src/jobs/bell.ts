/** Waiting that can be cut short: a bell wakes whoever waits, and its timers are an argument. */

/** Where time passes. */
export interface Timers {
  /** Calls back once after `millis` milliseconds, unless the function it returns is called before. */
  readonly after: (millis: number, callback: () => void) => () => void
}

export const systemTimers: Timers = {
  after: (millis, callback) => {
    const timer = setTimeout(callback, millis)
    return () => clearTimeout(timer)
  },
}

export interface Bell {
  /** Ends the wait; rung while nobody waits, it ends the next wait at once. */
  readonly ring: () => void
  /** Resolves after `millis` milliseconds or when the bell rings. */
  readonly wait: (millis: number) => Promise<void>
}

export function createBell(timers: Timers): Bell {
  let rung = false
  let wake = (): void => {}
  return {
    ring: () => {
      rung = true
      wake()
    },
    wait: async (millis) => {
      let cancel = (): void => {}
      if (!rung)
        await new Promise<void>((resolve) => {
          wake = resolve
          cancel = timers.after(millis, resolve)
        })
      cancel()
      rung = false
    },
  }
}
