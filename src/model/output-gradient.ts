/** The gradient of a weighted mean loss by the network's outputs: where the way back begins. */
import type { NetworkShape } from './network-shape.ts'
import { multiply, softmax, subtract, sumColumns, type Value } from './ops.ts'

export interface OutputGradientInput {
  /** Logits, or standardised values. [B, C] */
  readonly output: Value
  /** 1 for the class of a graph and 0 for others, or its standardised targets. [B, C] */
  readonly targets: Value
  /** Of each graph, as the loss gives them. [B, 1] */
  readonly weights: Value
}

/** Of the cross-entropy, or of half the squared error. [B, C] */
export function outputGradient(task: NetworkShape['task'], { output, targets, weights }: OutputGradientInput): Value {
  const gradient = task === 'classification' ? byLogits(output, targets) : subtract(output, targets)
  return multiply(gradient, weights)
}

/**
 * Probabilities less targets; what a graph's own class gets is minus what the others get. TensorFlow's softmax of a certain class is
 * 1 - 6e-8: that 6e-8, times an embedding of 1e8, as sums over large, dense graphs are, would outweigh the gradient of all others.
 */
function byLogits(logits: Value, targets: Value): Value {
  const probabilities = softmax(logits)
  const others = subtract(probabilities, multiply(probabilities, targets))
  return subtract(others, multiply(targets, sumColumns(others)))
}
