import { describe, expect, it } from 'vitest'
import { createWorkInFlight } from '../../src/pipeline/work-in-flight.ts'

describe('createWorkInFlight()', () => {
  it('starts no more than the limit at a time, in the order in which it was asked', async () => {
    const { started, finish, work } = jobs()
    const inFlight = createWorkInFlight(2)
    await inFlight.start(work('a'))
    await inFlight.start(work('b'))
    const third = inFlight.start(work('c'))
    await tick()
    expect(started).toEqual(['a', 'b'])
    finish('b')
    await third
    expect(started).toEqual(['a', 'b', 'c'])
    finish('a')
    finish('c')
    await inFlight.end()
  })

  it('ends only when all work has ended', async () => {
    const { finish, work } = jobs()
    const inFlight = createWorkInFlight(2)
    await inFlight.start(work('a'))
    let ended = false
    const end = inFlight.end().then(() => {
      ended = true
    })
    await tick()
    expect(ended).toBe(false)
    finish('a')
    await end
    expect(ended).toBe(true)
  })

  it('throws what work threw, at the next start or at the end, once', async () => {
    const failing = () => Promise.reject(new Error('the server is gone'))
    const inFlight = createWorkInFlight(1)
    await inFlight.start(failing)
    await expect(inFlight.start(() => Promise.resolve())).rejects.toThrow('the server is gone')
    await inFlight.end()
    await inFlight.start(failing)
    await expect(inFlight.end()).rejects.toThrow('the server is gone')
    await inFlight.end()
  })
})

const tick = () => new Promise((resolve) => setTimeout(resolve, 0))

/** Work that notes its start and goes on until it is told to finish. */
function jobs() {
  const started: string[] = []
  const finishers = new Map<string, () => void>()
  const work = (name: string) => () => {
    started.push(name)
    return new Promise<void>((resolve) => finishers.set(name, resolve))
  }
  return { started, work, finish: (name: string) => finishers.get(name)?.() }
}
