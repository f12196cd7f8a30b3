import { addBias, inPlaceOf, matMulTransposed, side, sumRows, transpose, transposedMatMul, type Value } from './ops.ts'

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
  return { weight: weightGradient(x, dy), bias: sumRows(dy) }
}

/**
 * dy^T x. [out, in]
 *
 * TensorFlow reads the factor that it transposes number by number, from one row to the next, which takes as long as the product
 * itself: 32 times less of it where x is so much narrower, as in an edge network.
 */
function weightGradient(x: Value, dy: Value): Value {
  if (side(x, -1) >= side(dy, -1)) return transposedMatMul(dy, x)
  const transposed = transposedMatMul(x, dy) // [in, out]
  return inPlaceOf([transposed], transpose(transposed))
}
