/** Dropout as factors, drawn beforehand. */
import type { Random } from '../graph/random.ts'

/** 0 with the probability of `dropout`, else 1 / (1 - dropout), so that the mean stays. */
export function dropoutFactors(shape: [number, number], dropout: number, random: Random) {
  if (dropout === 0) return null
  const kept = 1 / (1 - dropout)
  const values = Float32Array.from({ length: shape[0] * shape[1] }, () => (random.nextFloat() < dropout ? 0 : kept))
  return { values, shape }
}
