import { describe, expect, it } from 'vitest'
import { createProgressEstimate, expectedMillis, type PhaseMillis } from '../../src/jobs/job-progress.ts'

const unknown: PhaseMillis = { read: null, train: null, score: null }

/** A phase of `units` that take `each` seconds, then `after` seconds without a word; `totals` are what it says at each unit. */
interface Phase {
  readonly name: string
  readonly units: number
  readonly each: number
  readonly after?: number
  readonly from?: number
  readonly total?: (done: number) => number
}

/** What was estimated every half second of a job, beside what was left in truth. */
function estimatesOf(phases: readonly Phase[], expected: PhaseMillis = unknown) {
  const reports: { at: number; name: string; done: number; total: number }[] = []
  let end = 0
  for (const { name, units, each, after = 0, from = 0, total = () => from + units } of phases) {
    for (let unit = 1; unit <= units; unit++)
      reports.push({ at: end + unit * each * 1000, name, done: from + unit, total: total(from + unit) })
    end += (units * each + after) * 1000
  }
  const estimate = createProgressEstimate(expected, 0)
  const estimates: { at: number; left: number; eta: number | null; progress: number; phase: string | null }[] = []
  for (let now = 0; now < end; now += 500) {
    while (reports[0] !== undefined && reports[0].at <= now) {
      const { name, done, total, at } = reports.shift() ?? { name: '', done: 0, total: 0, at: 0 }
      estimate.report(name, done, total, at)
    }
    const { phase, progress, etaSeconds } = estimate.at(now)
    estimates.push({ at: now, left: (end - now) / 1000, eta: etaSeconds, progress, phase })
  }
  return estimates
}

/** By how much estimates of the second half are off, but for a second of rounding. */
function worstFactor(estimates: ReturnType<typeof estimatesOf>): number {
  const half = estimates.slice(Math.ceil(estimates.length / 2))
  return Math.max(
    ...half.map(({ eta, left }) => {
      if (eta === null) return Number.POSITIVE_INFINITY
      return Math.max((eta - 1) / left, (left - 1) / Math.max(eta, 0.001))
    }),
  )
}

const read: Phase = { name: 'read', units: 10, each: 1 }
const score: Phase = { name: 'score', units: 20, each: 0.6, after: 1.5 }
const full: readonly Phase[] = [read, { name: 'train', units: 60, each: 0.5, after: 1.5 }, score]
/** No epoch after the fortieth is better, so that patience ends the training after twenty more. */
const early: readonly Phase[] = [
  read,
  { name: 'train', units: 60, each: 0.5, after: 1, total: (done) => Math.min(300, Math.min(done, 40) + 20) },
  score,
]
const resumed: readonly Phase[] = [
  read,
  { name: 'train', units: 30, each: 1, from: 170, after: 1, total: () => 200 },
  score,
]
const slower = (millis: PhaseMillis, factor: number): PhaseMillis => ({
  read: (millis.read ?? 0) * factor,
  train: (millis.train ?? 0) * factor,
  score: (millis.score ?? 0) * factor,
})
const known: PhaseMillis = { read: 10_000, train: 31_500, score: 12_000 }

describe('createProgressEstimate()', () => {
  it.each([
    ['that trains, without a run before it', full, unknown],
    ['that trains, after a run like it', full, known],
    ['that trains, after a run on a faster machine', full, slower(known, 0.4)],
    ['that trains, after a run on a slower machine', full, slower(known, 2.5)],
    ['whose training ends early', early, unknown],
    ['whose training ends early, after a run that trained for long', early, { ...known, train: 150_000 }],
    ['that goes on with a training', resumed, unknown],
    ['that only scores', [score], unknown],
    [
      'that only scores, at a third of its speed at first',
      [
        { ...score, units: 5, each: 1.8, after: 0, total: () => 40 },
        { ...score, units: 35, each: 0.6, after: 0, from: 5 },
      ],
      unknown,
    ],
    ['that only scores, faster than the run before', [score], slower(known, 2)],
    ['that waits first', [{ name: 'wait', units: 1, each: 20 }, ...full], unknown],
  ])('is within a factor of two in the second half of a job %s', (_, phases, expected) => {
    const estimates = estimatesOf(phases, expected)
    expect(worstFactor(estimates)).toBeLessThanOrEqual(2)
    expect(estimates.at(-1)?.progress).toBeGreaterThan(0.9)
  })

  it('gives progress that never goes back, and is 1 for nothing that still runs', () => {
    for (const phases of [full, early, resumed, [score]]) {
      const values = estimatesOf(phases).map(({ progress }) => progress)
      expect(values).toEqual(values.toSorted((a, b) => a - b))
      expect(values[0]).toBe(0)
      expect(Math.max(...values)).toBeLessThan(1)
    }
  })

  it('gives the share of the time that has passed, from the first report on', () => {
    const estimates = estimatesOf([{ ...score, after: 0.6 }]).filter(({ eta }) => eta !== null)
    expect(estimates[0]?.at).toBe(1_000)
    for (const { at, left, progress } of estimates) expect(progress).toBeCloseTo(at / (at + 1000 * left), 1)
  })

  it('does not take a training that is gone on with for nearly done', () => {
    const early = estimatesOf(resumed).find(({ phase }) => phase === 'train')
    expect(early?.progress).toBeLessThan(0.4)
  })

  it('says nothing of the time that is left before it knows', () => {
    const estimate = createProgressEstimate(unknown, 0)
    expect(estimate.at(5_000)).toEqual({ phase: null, progress: 0, etaSeconds: null })
    estimate.report('wait', 0, 1, 6_000)
    expect(estimate.at(9_000)).toEqual({ phase: 'wait', progress: 0, etaSeconds: null })
  })

  it('takes the time spent waiting for no work', () => {
    const estimate = createProgressEstimate(unknown, 0)
    estimate.report('wait', 0, 1, 0)
    estimate.report('score', 0, 100, 100_000)
    estimate.report('score', 10, 100, 101_000)
    expect(estimate.at(101_000)).toEqual({ phase: 'score', progress: expect.closeTo(1 / 10.5, 5), etaSeconds: 10 })
  })

  it('stands no division by nothing', () => {
    const estimate = createProgressEstimate(unknown, 0)
    estimate.report('score', 0, 0, 0)
    expect(estimate.at(0)).toEqual({ phase: 'score', progress: 0, etaSeconds: null })
  })
})

describe('expectedMillis()', () => {
  const times = {
    readMillis: 800,
    trainMillis: 5_000,
    computeMillis: 300,
    writeMillis: 200,
    lastTrainMillis: 5_000,
  }

  it('halves the reading of a run that trained, as that reads twice', () => {
    expect(expectedMillis(times)).toEqual({ read: 400, train: 5_000, score: 700 })
  })

  it('takes the training from an earlier run where the last did not train', () => {
    expect(expectedMillis({ ...times, trainMillis: 0 })).toEqual({ read: 800, train: 5_000, score: 1_100 })
  })

  it('counts writing where it is what takes longest', () => {
    expect(expectedMillis({ ...times, writeMillis: 9_000 }).score).toBe(9_000)
  })

  it('expects nothing without a run', () => {
    expect(expectedMillis(undefined)).toEqual(unknown)
  })
})
