import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import { nextFirings } from '../../src/jobs/cron.ts'

const firings = (expression: string, timezone: string, after: string, count: number) =>
  nextFirings(expression, timezone, new Date(after), count).map((date) => date.toISOString().replace('.000Z', 'Z'))

describe('nextFirings()', () => {
  it.each([
    ['every minute', '* * * * *', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z']],
    ['six fields: seconds first', '*/5 * * * * *', 'UTC', '2026-01-01T00:00:01Z', ['2026-01-01T00:00:05Z']],
    ['a nickname', '@daily', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-02T00:00:00Z']],
    ['in the zone, not in UTC', '0 2 * * *', 'Europe/Berlin', '2026-01-01T00:00:00Z', ['2026-01-01T01:00:00Z']],
    ['in a zone with a half hour', '0 2 * * *', 'Asia/Kolkata', '2026-01-01T00:00:00Z', ['2026-01-01T20:30:00Z']],
    ['names of days', '0 9 * * MON', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-05T09:00:00Z']],
    // As in cron: where day of month and day of week are both given, either fires. 2026-01-13 is a Tuesday.
    [
      'day of month or day of week',
      '0 0 13 * FRI',
      'UTC',
      '2026-01-08T00:00:00Z',
      ['2026-01-09T00:00:00Z', '2026-01-13T00:00:00Z'],
    ],
    ['leap days', '0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z']],
    ['a date that no year has', '0 0 30 2 *', 'UTC', '2026-01-01T00:00:00Z', []],
  ])('knows %s', (_, expression, timezone, after, expected) => {
    expect(firings(expression, timezone, after, expected.length === 0 ? 1 : expected.length)).toEqual(expected)
  })

  it('gives firings strictly after the time given', () => {
    expect(firings('0 2 * * *', 'UTC', '2026-01-01T01:59:59.999Z', 1)).toEqual(['2026-01-01T02:00:00Z'])
    expect(firings('0 2 * * *', 'UTC', '2026-01-01T02:00:00Z', 1)).toEqual(['2026-01-02T02:00:00Z'])
  })

  // Berlin 2026: clocks go from 2:00 to 3:00 on 29 March (01:00 UTC) and from 3:00 to 2:00 on 25 October (01:00 UTC).
  it.each([
    [
      'a daily time within the gap fires once, right after it',
      '30 2 * * *',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z'],
    ],
    [
      'a daily time that occurs twice fires once, at the first',
      '30 2 * * *',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ],
    [
      'a daily time outside the change shifts in UTC only',
      '0 6 * * *',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T05:00:00Z', '2026-03-29T04:00:00Z'],
    ],
    [
      'half-hours pass over the gap at their usual pace',
      '*/30 * * * *',
      '2026-03-29T00:15:00Z',
      ['2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z', '2026-03-29T01:30:00Z'],
    ],
    [
      'half-hours fire in both of the two equal hours',
      '*/30 * * * *',
      '2026-10-25T00:15:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:00:00Z'],
    ],
  ])('where clocks change: %s', (_, expression, after, expected) => {
    expect(firings(expression, 'Europe/Berlin', after, expected.length)).toEqual(expected)
  })

  it('goes on from a firing as if it had never stopped, across a year of clock changes', () => {
    const moments = fc.date({
      min: new Date('2025-12-31T00:00:00Z'),
      max: new Date('2027-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    const expressions = fc.constantFrom('30 2 * * *', '*/20 * * * *', '15 1,2,3 * * 0', '0 0 1 * *')
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu')
    fc.assert(
      fc.property(moments, expressions, zones, (after, expression, zone) => {
        const [first, second, third] = nextFirings(expression, zone, after, 3)
        if (first === undefined) throw new Error('expected a firing')
        expect(first.getTime()).toBeGreaterThan(after.getTime())
        expect(nextFirings(expression, zone, first, 2)).toEqual([second, third])
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['61 2 * * *', /'61 2 \* \* \*': Invalid value for minute: 61; expected five fields/],
    ['* * * *', /'\* \* \* \*': .*; expected five fields/],
    ['0 0 0 1 1 * 2027', /7 parts/],
    ['tomorrow', /'tomorrow': expected five fields .* got one word/],
    ['2026-12-01T00:00:00', /got one word/],
    ['', /the cron expression '': expected five fields/],
    ['@reboot', /@reboot/],
  ])('refuses the expression %j, saying what is wrong', (expression, message) => {
    const read = () => nextFirings(expression, 'UTC', new Date(0), 1)
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(message)
  })

  it.each([
    ['Europe/Berln', /'Europe\/Berln': .* did you mean 'Europe\/Berlin'\?/],
    ['', /time zone ''/],
    ['+02:00', /time zone '\+02:00'/],
  ])('refuses the time zone %j, naming the nearest', (timezone, message) => {
    const read = () => nextFirings('* * * * *', timezone, new Date(0), 1)
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(message)
  })
})
