/**
 * When a cron expression fires: pure, time is an argument. Croner reads the expression and knows the calendar
 * (https://croner.56k.guru): five fields, or six with seconds first, or a nickname such as `@daily`.
 *
 * Where clocks change: an expression with one fixed time a day, such as `30 2 * * *`, fires once a day all the same: at
 * the first minute after a gap that holds its time, at the first of two equal times. One that repeats within the day
 * keeps to real time: nothing fires within a gap, and both of two equal hours fire.
 */
import { Cron } from 'croner'
import { didYouMean } from '../config/nearest.ts'
import { ConfigError, messageOf } from '../errors.ts'

const expected = "expected five fields 'minute hour day month weekday', or six with seconds first"

/**
 * The next `count` firings strictly after `after`, in ascending order; fewer where the expression has no more.
 * @throws ConfigError naming the expression or the time zone and what is wrong with it.
 */
export function nextFirings(expression: string, timezone: string, after: Date, count: number): readonly Date[] {
  checkTimezone(timezone)
  return readExpression(expression, timezone).nextRuns(count, after)
}

/**
 * The firings strictly after `after`, in ascending order, up to the first that is later than `until`, `most` at most.
 * @throws ConfigError as {@link nextFirings}
 */
export function firingsUntil(
  expression: string,
  timezone: string,
  { after, until, most }: { readonly after: Date; readonly until: Date; readonly most: number },
): readonly Date[] {
  checkTimezone(timezone)
  const cron = readExpression(expression, timezone)
  const firings: Date[] = []
  for (let last: Date | null = after; last !== null && last <= until && firings.length < most; ) {
    last = cron.nextRun(last)
    if (last !== null) firings.push(last)
  }
  return firings
}

function readExpression(expression: string, timezone: string): Cron {
  const fields = expression.trim().split(/\s+/)
  // Croner also takes a date, which is no cron expression and would fire once.
  if (fields.length === 1 && !expression.trim().startsWith('@'))
    throw new ConfigError(`Cannot read the cron expression '${expression}': ${expected}, got one word`)
  try {
    return new Cron(expression, { timezone, mode: '5-or-6-parts' })
  } catch (cause) {
    const reason = messageOf(cause).replace(/^\w+: /, '')
    throw new ConfigError(`Cannot read the cron expression '${expression}': ${reason}; ${expected}`, { cause })
  }
}

/** Looking a zone up takes longer than all the rest. */
const knownTimezones = new Set<string>()

function checkTimezone(timezone: string): void {
  if (knownTimezones.has(timezone)) return
  try {
    // Offsets such as +02:00 are taken by some Node releases only.
    if (!/^[A-Za-z]/.test(timezone)) throw new RangeError('a time zone starts with a letter')
    new Intl.DateTimeFormat('en', { timeZone: timezone })
    knownTimezones.add(timezone)
  } catch (cause) {
    const hint = didYouMean(timezone, [...Intl.supportedValuesOf('timeZone'), 'UTC'])
    throw new ConfigError(
      `Cannot use the time zone '${timezone}': expected an IANA name such as Europe/Berlin or UTC${hint}`,
      { cause },
    )
  }
}
