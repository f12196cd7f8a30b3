/** Running mean and population standard deviation of vectors, one pass (Welford 1962, doi:10.1080/00401706.1962.10490022). */

export interface Moments {
  count: number
  /** Mean of each component so far. */
  readonly mean: Float64Array
  /** Sum of squared deviations from that mean. */
  readonly squares: Float64Array
}

export function createMoments(length: number): Moments {
  return { count: 0, mean: new Float64Array(length), squares: new Float64Array(length) }
}

export function addToMoments(moments: Moments, values: readonly number[]): void {
  const { mean, squares } = moments
  moments.count++
  values.forEach((value, i) => {
    const before = value - (mean[i] ?? 0)
    mean[i] = (mean[i] ?? 0) + before / moments.count
    squares[i] = (squares[i] ?? 0) + before * (value - (mean[i] ?? 0))
  })
}

export function meanOf({ mean }: Moments): number[] {
  return [...mean]
}

/** Population standard deviation (divides by the count, not by one less); 0 of nothing. */
export function standardDeviationOf({ count, squares }: Moments): number[] {
  return [...squares].map((sum) => (count === 0 ? 0 : Math.sqrt(sum / count)))
}
