import { describe, expect, it } from 'vitest'
import { InterruptedError } from '../../src/errors.ts'
import { createEngine, type Job, type JobOutcome } from '../../src/jobs/engine.ts'

/** A job that notes what happens to it in `events`. */
function notingJob(jobId: string, events: string[], run: Job['run'], claim = true): Job {
  return {
    jobId,
    command: 'sync',
    claim: async () => {
      events.push(`claim ${jobId}`)
      return claim
    },
    run: async (signal) => {
      events.push(`run ${jobId}`)
      return run(signal)
    },
    record: async (outcome) => {
      events.push(`${outcome.status} ${jobId}`)
    },
  }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new InterruptedError('stopped'))))

describe('createEngine()', () => {
  it('runs jobs one after another, in the order in which they came', async () => {
    const events: string[] = []
    const engine = createEngine(new AbortController().signal)
    await Promise.all(['a', 'b', 'c'].map((id) => engine.submit(notingJob(id, events, async () => ({})))))
    expect(events).toEqual(['a', 'b', 'c'].flatMap((id) => [`claim ${id}`, `run ${id}`, `FINISHED ${id}`]))
  })

  it('holds a job until it is recorded', async () => {
    const engine = createEngine(new AbortController().signal)
    const work = engine.submit(notingJob('a', [], async () => ({})))
    expect(engine.holds('a')).toBe(true)
    await work
    expect(engine.holds('a')).toBe(false)
  })

  it('goes on after a job that fails, and gives its error to the record', async () => {
    const outcomes: JobOutcome[] = []
    const events: string[] = []
    const engine = createEngine(new AbortController().signal)
    const failing = notingJob('a', events, () => Promise.reject(new Error('no graphs')))
    await engine.submit({ ...failing, record: async (outcome) => void outcomes.push(outcome) })
    await engine.submit(notingJob('b', events, async () => ({ runId: 'r1' })))
    expect(outcomes).toEqual([{ status: 'FAILED', error: new Error('no graphs') }])
    expect(events.at(-1)).toBe('FINISHED b')
  })

  it('neither runs nor records a job that is no longer wanted', async () => {
    const events: string[] = []
    await createEngine(new AbortController().signal).submit(notingJob('a', events, async () => ({}), false))
    expect(events).toEqual(['claim a'])
  })

  it('cancels the running job when it is stopped, and does not touch those that wait', async () => {
    const events: string[] = []
    const controller = new AbortController()
    const engine = createEngine(controller.signal)
    engine.submit(
      notingJob('a', events, (signal) => {
        const stopped = untilAborted(signal)
        controller.abort()
        return stopped
      }),
    )
    engine.submit(notingJob('b', events, async () => ({})))
    await engine.settled()
    expect(events).toEqual(['claim a', 'run a', 'CANCELED a'])
  })

  it('rejects, and goes on, where an ending cannot be recorded', async () => {
    const events: string[] = []
    const engine = createEngine(new AbortController().signal)
    const unrecorded = { ...notingJob('a', events, async () => ({})), record: () => Promise.reject(new Error('away')) }
    await expect(engine.submit(unrecorded)).rejects.toThrow('away')
    await engine.submit(notingJob('b', events, async () => ({})))
    expect(events.at(-1)).toBe('FINISHED b')
  })
})
