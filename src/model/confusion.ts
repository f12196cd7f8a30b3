/** Which classes are taken for which. */

/** Counts of graphs: a row for each class that they are of, a column for each that is predicted. [C][C] */
export type ConfusionMatrix = readonly (readonly number[])[]

export function confusionMatrix(
  expected: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classCount: number,
): ConfusionMatrix {
  const counts = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0))
  for (let g = 0; g < expected.length; g++) {
    const row = counts[expected[g] ?? -1]
    const column = predicted[g] ?? -1
    if (row?.[column] !== undefined) row[column]++
  }
  return counts
}

/** Adds matrices of the same classes up, such as those of the folds. */
export function sumOfConfusions(matrices: readonly ConfusionMatrix[]): ConfusionMatrix {
  const [first = []] = matrices
  return first.map((row, y) => row.map((_, c) => matrices.reduce((sum, matrix) => sum + (matrix[y]?.[c] ?? 0), 0)))
}
