/** What several trainings say together. */

/** Mean over curves, epoch by epoch, as far as all of them go. */
export function meanCurve(curves: readonly (readonly number[])[]): number[] {
  const length = Math.min(...curves.map((values) => values.length))
  return Array.from(
    { length },
    (_, at) => curves.reduce((sum, values) => sum + (values[at] ?? Number.NaN), 0) / curves.length,
  )
}
