/** Ranks of numbers, equal ones sharing the mean of theirs. */

/** Rank of each value among all, from 1 for the smallest; of equal values the mean of their ranks. [N] */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => (values[a] ?? 0) - (values[b] ?? 0),
  )
  const ranks = new Float64Array(values.length)
  for (let first = 0; first < order.length; ) {
    let end = first + 1
    while (end < order.length && values[order[end] ?? 0] === values[order[first] ?? 0]) end++
    for (let i = first; i < end; i++) ranks[order[i] ?? 0] = (first + 1 + end) / 2 // ranks first + 1 .. end
    first = end
  }
  return ranks
}

/**
 * Spearman's rank correlation, in [-1, 1]: that of Pearson between the mid-ranks. `null` where all of one side are equal, or
 * there are fewer than two.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const [ranksOfA, ranksOfB] = [midRanks(a), midRanks(b)]
  const mean = (a.length + 1) / 2
  let [both, ofA, ofB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(ranksOfA[i] ?? 0) - mean, (ranksOfB[i] ?? 0) - mean]
    both += x * y
    ofA += x * x
    ofB += y * y
  }
  return ofA === 0 || ofB === 0 ? null : both / Math.sqrt(ofA * ofB)
}
