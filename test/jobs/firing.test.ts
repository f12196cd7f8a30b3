import { describe, expect, it } from 'vitest'
import { firingJobId, millisUntilDue } from '../../src/jobs/firing.ts'

const at = (iso: string) => new Date(iso)
const schedule = { name: 'nightly', cron: '0 2 * * *', timezone: 'UTC', busy: false }

describe('firingJobId()', () => {
  it('names schedule and time of the firing', () => {
    expect(firingJobId('nightly', at('2026-01-01T02:00:00Z'))).toBe('nightly@2026-01-01T02:00:00.000Z')
  })
})

describe('millisUntilDue()', () => {
  const nextRunAtMillis = at('2026-01-01T02:00:00Z').getTime()

  it('is the time left, and 0 once the time has come', () => {
    const waiting = { ...schedule, nextRunAtMillis }
    expect(millisUntilDue(waiting, at('2026-01-01T01:59:58.500Z'))).toBe(1_500)
    expect(millisUntilDue(waiting, at('2026-01-01T02:00:00Z'))).toBe(0)
    expect(millisUntilDue(waiting, at('2026-01-09T00:00:00Z'))).toBe(0)
  })

  it('is null while the last job waits or runs, and for a schedule that stopped', () => {
    expect(millisUntilDue({ ...schedule, nextRunAtMillis, busy: true }, at('2026-01-09T00:00:00Z'))).toBeNull()
    expect(millisUntilDue({ ...schedule, nextRunAtMillis: null }, at('2026-01-09T00:00:00Z'))).toBeNull()
  })
})
