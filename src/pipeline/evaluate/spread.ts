/** Mean and spread of a measure over folds. */
export interface Spread {
  readonly mean: number
  /** Population standard deviation. */
  readonly std: number
}

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, std: Math.sqrt(variance) }
}
