import { describe, expect, it } from 'vitest'
import { createBell, systemTimers, type Timers } from '../../src/jobs/bell.ts'

/** Timers whose time never comes by itself; notes what is asked of them. */
function stoppedTimers() {
  const calls: string[] = []
  let elapse = (): void => {}
  const timers: Timers = {
    after: (millis, callback) => {
      calls.push(`set ${millis}`)
      elapse = callback
      return () => calls.push('cancel')
    },
  }
  return { timers, calls, elapse: () => elapse() }
}

describe('createBell()', () => {
  it('wakes when the time is up', async () => {
    const { timers, calls, elapse } = stoppedTimers()
    const woken = createBell(timers).wait(2_000)
    elapse()
    await woken
    expect(calls).toEqual(['set 2000', 'cancel'])
  })

  it('wakes before its time when rung, and leaves no timer behind', async () => {
    const { timers, calls } = stoppedTimers()
    const bell = createBell(timers)
    const woken = bell.wait(2_000)
    bell.ring()
    await woken
    expect(calls).toEqual(['set 2000', 'cancel'])
  })

  it('remembers one ring for the next wait, and only that', async () => {
    const { timers, calls } = stoppedTimers()
    const bell = createBell(timers)
    bell.ring()
    bell.ring()
    await bell.wait(1)
    expect(calls).toEqual([])
    const woken = bell.wait(2)
    bell.ring()
    await woken
    expect(calls).toEqual(['set 2', 'cancel'])
  })

  it('works with the timers of the system', async () => {
    await expect(createBell(systemTimers).wait(0)).resolves.toBeUndefined()
  })
})
