import { describe, expect, it } from 'vitest'
import { type FiringRule, mostMissedMade, mostPlanned, planFirings } from '../../src/jobs/firing-plan.ts'

const at = (iso: string) => new Date(iso)
const minutely: FiringRule = {
  cron: '* * * * *',
  timezone: 'UTC',
  missed: 'once',
  overlap: 'skip',
  paused: false,
  busy: false,
  nextRunAtMillis: at('2026-01-01T00:01:00Z').getTime(),
}
const minute = (n: number) => at(`2026-01-01T00:${String(n).padStart(2, '0')}:00Z`)

/** What a plan makes of a rule at a time of 1 January 2026, minutes as numbers. */
function planned(changes: Partial<FiringRule>, time: string) {
  const plan = planFirings({ ...minutely, ...changes }, at(`2026-01-01T${time}Z`))
  const minutes = (firings: readonly Date[]) => firings.map((firing) => firing.getUTCMinutes())
  return (
    plan && {
      made: minutes(plan.made),
      missed: minutes(plan.missed),
      overlapping: minutes(plan.overlapping),
      next: plan.next,
    }
  )
}

describe('planFirings()', () => {
  it('has nothing to do before the time has come', () => {
    expect(planned({}, '00:00:59.999')).toBeNull()
  })

  it('makes one firing at its time, and waits for the next', () => {
    expect(planned({}, '00:01:00')).toEqual({ made: [1], missed: [], overlapping: [], next: minute(2) })
  })

  it.each([
    ['is on time up to a minute late', 'skip', '00:01:59', [1], []],
    ['is missed when it is noticed later than that', 'skip', '00:02:00.001', [2], [1]],
    ['is made up for by one that is on time', 'once', '00:05:30', [5], [1, 2, 3, 4]],
    ['is made, as all are, with one on time waiting for another look', 'all', '00:05:30', [1, 2, 3, 4], []],
  ] as const)('a firing %s', (_, missed, time, made, skipped) => {
    expect(planned({ missed }, time)).toMatchObject({ made, missed: skipped })
  })

  it.each([
    ['skip', [], [0, 5, 10, 15]],
    ['once', [15], [0, 5, 10]],
    ['all', [0, 5, 10, 15], []],
  ] as const)('of firings that were all missed it makes, with %s: %j', (missed, made, skipped) => {
    const rule = { cron: '*/5 * * * *', missed, nextRunAtMillis: minute(0).getTime() }
    expect(planned(rule, '00:18:00')).toEqual({ made, missed: skipped, overlapping: [], next: minute(20) })
  })

  it.each([
    ['skip', [], [1, 2, 3]],
    ['queue', [3], []],
  ] as const)('with overlap %s, of what came due while the last job runs it makes %j', (overlap, made, overlapping) => {
    expect(planned({ overlap, busy: true, missed: 'once' }, '00:03:10')).toMatchObject({ made, overlapping })
  })

  it('makes one firing alone of several on time, where they would overlap each other', () => {
    const rule = { cron: '*/10 * * * * *', nextRunAtMillis: minute(1).getTime() }
    expect(planned(rule, '00:01:25')).toMatchObject({ made: [1], overlapping: [1, 1] })
    expect(planned({ ...rule, overlap: 'queue' }, '00:01:25')).toMatchObject({ made: [1, 1, 1], overlapping: [] })
  })

  it('makes and skips nothing while paused, and waits for nothing', () => {
    expect(planned({ paused: true }, '00:30:00')).toEqual({ made: [], missed: [], overlapping: [], next: null })
    expect(planned({ paused: true, nextRunAtMillis: null }, '00:30:00')).toBeNull()
  })

  it('settles the first firing of a rule that has none, in the future', () => {
    expect(planned({ nextRunAtMillis: null }, '00:30:10')).toMatchObject({ made: [], missed: [], next: minute(31) })
  })

  it.each([
    ['whenever', /'whenever'/],
    ['0 0 30 2 *', /does not fire again/],
    [null, /cron expression ''/],
  ])('makes the firing that is due of a rule spoiled into %j, and says why there is no next', (cron, reason) => {
    const plan = planFirings({ ...minutely, cron }, minute(1))
    expect(plan).toMatchObject({ made: [minute(1)], next: null, stopped: expect.stringMatching(reason) })
    expect(planFirings({ ...minutely, cron, nextRunAtMillis: null }, minute(1))).toBeNull()
  })

  it('skips what is older than the latest 1000 of all that was missed, in parts that take a moment each', () => {
    let rule: FiringRule = { ...minutely, missed: 'all' }
    const now = at('2026-01-08T00:00:30Z')
    let [looks, made, missed] = [0, 0, 0]
    for (let plan = planFirings(rule, now); plan !== null; plan = planFirings(rule, now)) {
      looks++
      made += plan.made.length
      missed += plan.missed.length
      expect(plan.missed.length).toBeLessThanOrEqual(mostPlanned)
      // Those of the last look come after the 1000, or overlap them.
      rule = { ...rule, nextRunAtMillis: plan.next?.getTime() ?? null }
    }
    expect({ looks, made, missed }).toEqual({ looks: 3, made: mostMissedMade, missed: 7 * 1440 - mostMissedMade - 1 })
  })
})

const hour = 3_600_000

/** Offsets from UTC in hours through 2026, from the tz database: the first, then those from the instants on at which clocks change. */
const zones = [
  { zone: 'UTC', offsets: [0], changes: [] },
  { zone: 'Asia/Kolkata', offsets: [5.5], changes: [] },
  { zone: 'Europe/Berlin', offsets: [1, 2, 1], changes: ['2026-03-29T01:00Z', '2026-10-25T01:00Z'] },
  { zone: 'America/New_York', offsets: [-5, -4, -5], changes: ['2026-03-08T07:00Z', '2026-11-01T06:00Z'] },
  // Clocks change by half an hour.
  { zone: 'Australia/Lord_Howe', offsets: [11, 10.5, 11], changes: ['2026-04-04T15:00Z', '2026-10-03T15:30Z'] },
] as const
type Zone = (typeof zones)[number]

const yearStart = at('2026-01-01T12:00Z').getTime()
const yearEnd = at('2027-01-01T12:00Z').getTime()

function offsetAt({ offsets, changes }: Zone, instant: number): number {
  const changed = changes.filter((change) => at(change).getTime() <= instant).length
  return (offsets[changed] ?? Number.NaN) * hour
}

/** By the rule of cron.ts, for one time a day: the first of equal times, or the end of the gap that holds it. */
function dailyFirings(zone: Zone, timeOfDay: number): number[] {
  const firings: number[] = []
  for (let day = yearStart - 36 * hour; day < yearEnd + 36 * hour; day += 24 * hour) {
    const wanted = day - (day % (24 * hour)) + timeOfDay
    const instants = zone.offsets.map((offset) => wanted - offset * hour)
    const real = instants.filter((instant) => instant + offsetAt(zone, instant) === wanted)
    const gapEnd = zone.changes.map((change) => at(change).getTime()).find((end) => Math.abs(end - wanted) < 14 * hour)
    firings.push(real.length > 0 ? Math.min(...real) : (gapEnd ?? Number.NaN))
  }
  return firings.filter((firing) => firing > yearStart && firing <= yearEnd)
}

/** By the rule of cron.ts, for what repeats within the day: every instant of a Sunday or Monday at which the clock shows one of the times. */
function repeatedFirings(zone: Zone, minuteOfHour: number, hours: readonly number[]): number[] {
  const firings: number[] = []
  for (let instant = yearStart + 60_000 * 10; instant <= yearEnd; instant += 60_000 * 10) {
    const shown = new Date(instant + offsetAt(zone, instant))
    if (shown.getUTCMinutes() !== minuteOfHour || shown.getUTCDay() > 1) continue
    if (hours.includes(shown.getUTCHours())) firings.push(instant)
  }
  return firings
}

/** Days of the year at which the daemon goes away at noon, and for how many hours; two of them hold changes of clocks. */
const absences = [
  [20, 30],
  [65.5, 20],
  [86.5, 40],
  [150, 400],
  [296.5, 20],
  [303, 60],
].map(([day = 0, hours = 0]) => ({
  from: yearStart + day * 24 * hour,
  until: yearStart + (day + hours / 24) * 24 * hour,
}))
const isAway = (instant: number) => absences.some(({ from, until }) => instant >= from && instant < until)

/** A daemon that looks whenever a firing is due or it comes back, until the year is over; each job takes `jobMillis`. */
function simulateYear(rule: Pick<FiringRule, 'cron' | 'timezone' | 'missed' | 'overlap'>, jobMillis: number) {
  const made: number[] = []
  const missed: number[] = []
  const overlapping: number[] = []
  let [now, busyUntil] = [yearStart, 0]
  let nextRunAtMillis: number | null = null
  while (now <= yearEnd) {
    const plan = planFirings({ ...rule, paused: false, busy: now < busyUntil, nextRunAtMillis }, new Date(now))
    if (plan !== null) {
      made.push(...plan.made.map(Number))
      missed.push(...plan.missed.map(Number))
      overlapping.push(...plan.overlapping.map(Number))
      if (plan.made.length > 0) busyUntil = Math.max(now, busyUntil) + jobMillis * plan.made.length
      nextRunAtMillis = plan.next?.getTime() ?? null
    }
    const due = (nextRunAtMillis ?? Number.NaN) + 1_500
    const absence = absences.find(({ from, until }) => due >= from && due < until)
    now = absence?.until ?? due
  }
  const sorted = [...made, ...missed, ...overlapping].sort((a, b) => a - b)
  return { made, missed, overlapping, sorted }
}

const inWords = (instants: readonly number[]) => instants.map((instant) => new Date(instant).toISOString())

describe('a year of firings with both changes of the clocks, the daemon away now and then', () => {
  const daily = zones.flatMap((zone) =>
    (['skip', 'once', 'all'] as const).map((missed) => [zone.zone, missed, zone] as const),
  )

  it.each(daily)('makes each of 30 2 * * * once or counts it as skipped: %s, missed %s', (timezone, missed, zone) => {
    const { made, sorted, overlapping } = simulateYear(
      { cron: '30 2 * * *', timezone, missed, overlap: 'skip' },
      hour / 10,
    )
    const expected = dailyFirings(zone, 2.5 * hour)
    expect(inWords(sorted)).toEqual(inWords(expected))
    expect(overlapping).toEqual([])
    const present = expected.filter((firing) => !isAway(firing))
    const latest = absences.flatMap(({ from, until }) =>
      expected.filter((firing) => firing >= from && firing < until).slice(-1),
    )
    if (missed === 'skip') expect(inWords(made)).toEqual(inWords(present))
    if (missed === 'once') expect(inWords(made)).toEqual(inWords([...present, ...latest].sort((a, b) => a - b)))
    if (missed === 'all') expect(inWords(made)).toEqual(inWords(expected))
  })

  const repeated = zones.map(
    (zone, i) => [zone.zone, (['all', 'skip', 'once'] as const)[i % 3] ?? 'all', zone] as const,
  )

  it.each(repeated)(
    'makes each of 20 1-3 * * SUN,MON once or counts it as skipped: %s, missed %s',
    (timezone, missed, zone) => {
      const rule = { cron: '20 1-3 * * SUN,MON', timezone, missed }
      const expected = inWords(repeatedFirings(zone, 20, [1, 2, 3]))
      const skipping = simulateYear({ ...rule, overlap: 'skip' }, 1.5 * hour)
      expect(inWords(skipping.sorted)).toEqual(expected)
      // Of three an hour apart, the second comes due while the first job runs.
      expect(skipping.overlapping.length).toBeGreaterThan(80)
      const queueing = simulateYear({ ...rule, overlap: 'queue' }, 1.5 * hour)
      expect(inWords(queueing.sorted)).toEqual(expected)
      expect(queueing.overlapping).toEqual([])
    },
  )

  // Worked out by hand from the rule in cron.ts.
  it.each([
    ['Europe/Berlin', 2.5, '2026-03-29T01:00:00.000Z', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', 2.5, '2026-03-08T07:00:00.000Z', '2026-11-01T07:30:00.000Z'],
    ['America/New_York', 1.5, '2026-03-08T06:30:00.000Z', '2026-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', 2.25, '2026-10-03T15:30:00.000Z', '2026-04-04T15:45:00.000Z'],
    ['Australia/Lord_Howe', 1.75, '2026-10-03T15:15:00.000Z', '2026-04-04T14:45:00.000Z'],
    ['Asia/Kolkata', 2.5, '2026-03-28T21:00:00.000Z', '2026-10-24T21:00:00.000Z'],
  ])('%s, daily at %f: fires at %s and at %s', (timezone, time, first, second) => {
    const cron = `${(time % 1) * 60} ${Math.floor(time)} * * *`
    const { made } = simulateYear({ cron, timezone, missed: 'all', overlap: 'queue' }, 0)
    expect(inWords(made)).toEqual(expect.arrayContaining([first, second]))
    const near = (iso: string) =>
      inWords(made).filter((other) => Math.abs(at(other).getTime() - at(iso).getTime()) < 20 * hour)
    expect([near(first), near(second)]).toEqual([[first], [second]])
  })
})
