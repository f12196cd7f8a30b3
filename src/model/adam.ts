/** Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1) on one flat parameter vector, without weight decay. */

/** The optimizer's memory: all that a training run needs to go on from where it stood. */
export interface AdamState {
  /** Number of steps taken. */
  step: number
  /** Running mean of the gradient. [P] */
  readonly mean: Float32Array
  /** Running mean of its square. [P] */
  readonly square: Float32Array
}

const beta1 = 0.9
const beta2 = 0.999
const epsilon = 1e-8

export function createAdamState(parameterCount: number): AdamState {
  return { step: 0, mean: new Float32Array(parameterCount), square: new Float32Array(parameterCount) }
}

export function copyAdamState({ step, mean, square }: AdamState): AdamState {
  return { step, mean: mean.slice(), square: square.slice() }
}

/** One step: changes `parameters` [P] and `state` in place. */
export function adamStep(
  parameters: Float32Array,
  gradient: Float32Array,
  state: AdamState,
  learningRate: number,
): void {
  const { mean, square } = state
  state.step++
  const rate = learningRate / (1 - beta1 ** state.step)
  const squareScale = 1 / (1 - beta2 ** state.step)
  for (let i = 0; i < parameters.length; i++) {
    const slope = gradient[i] ?? 0
    const newMean = beta1 * (mean[i] ?? 0) + (1 - beta1) * slope
    const newSquare = beta2 * (square[i] ?? 0) + (1 - beta2) * slope * slope
    mean[i] = newMean
    square[i] = newSquare
    parameters[i] = (parameters[i] ?? 0) - (rate * newMean) / (Math.sqrt(newSquare * squareScale) + epsilon)
  }
}
