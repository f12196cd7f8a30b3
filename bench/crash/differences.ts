/** Where two values differ, part by part. */

/** 32-bit sums in another order differ by less; scores of two models by far more. */
export const rounding = 1e-5

/** One line for each part that differs; numbers may differ by {@link rounding}. */
export function differencesOf(found: unknown, expected: unknown, path: string): string[] {
  if (typeof found === 'number' && typeof expected === 'number')
    return Math.abs(found - expected) <= rounding ? [] : [`${path}: expected ${expected}, got ${found}`]
  if (isRecord(found) && isRecord(expected)) {
    const names = new Set([...Object.keys(found), ...Object.keys(expected)])
    return [...names].flatMap((name) => differencesOf(found[name], expected[name], `${path}.${name}`))
  }
  return found === expected ? [] : [`${path}: expected ${String(expected)}, got ${String(found)}`]
}

/** Lists are records of their positions. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
