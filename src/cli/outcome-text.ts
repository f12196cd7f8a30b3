/** Predictions in words and columns: classes with probabilities, numbers in the target's units. */
import type { Outcome } from '../pipeline/predict-stored.ts'
import { shownNumber } from '../pipeline/shown-number.ts'

/** "true (0.998)", or the number of a regression */
export function outcomeText({ prediction, probability }: Pick<Outcome, 'prediction' | 'probability'>): string {
  const shown = predictionText(prediction)
  return probability === null ? shown : `${shown} (${probabilityText(probability)})`
}

export function predictionText(prediction: Outcome['prediction']): string {
  return typeof prediction === 'number' ? shownNumber(prediction) : prediction
}

export function probabilityText(probability: number): string {
  return probability.toFixed(3)
}

/** "+0.250", "-0.250"; "0.000" of what rounds to nothing */
export function differenceText(difference: number): string {
  const shown = probabilityText(Math.abs(difference))
  if (Number(shown) === 0) return shown
  return difference > 0 ? `+${shown}` : `-${shown}`
}
