import { addBias, matMulTransposed, sumRows, transposedMatMul, type Value } from './ops.ts'

/** An affine map; weights are stored as [out, in], as in PyTorch. */
export interface Linear<T> {
  readonly weight: T
  readonly bias: T
}

/** y = x W^T + b: x [N, in] -> [N, out]. */
export function linear(x: Value, { weight, bias }: Linear<Value>): Value {
  return addBias(matMulTransposed(x, weight), bias)
}

/** Gradients of the weights, given x [N, in] and dy [N, out]; dx is `matMul(dy, weight)`. */
export function linearGradient(x: Value, dy: Value): Linear<Value> {
  return { weight: transposedMatMul(dy, x), bias: sumRows(dy) }
}
