/** For records of which no training goes on. */
import type { LearnerState } from '../../../../src/model/fold-training.ts'

const none = new Float32Array()

export const someLearner: LearnerState = {
  parameters: none,
  adam: { step: 0, mean: none, square: none },
  shuffling: [0, 0, 0, 0],
  dropping: [0, 0, 0, 0],
}
