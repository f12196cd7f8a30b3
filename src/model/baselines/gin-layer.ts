/** A layer of GIN-0: h_v' = ReLU(norm(MLP(h_v + sum of h_u))), with a normalisation inside the MLP as well. */
import { linear, linearGradient } from '../linear.ts'
import { add, matMul, plus, relu, reluGradient, sparseMatMul, sparseMatMulTransposed, type Value } from '../ops.ts'
import type { BaselineBatchOf } from './baseline-batch.ts'
import type { BaselineLayer } from './baseline-layer.ts'
import { type BaselineWeights, linearOf, named } from './baseline-weights.ts'
import type { Normalize } from './batch-normalization.ts'

export function ginLayer(weights: BaselineWeights, { sums }: BaselineBatchOf<Value>, normalize: Normalize) {
  return (h: Value, k: number): BaselineLayer => {
    const sum = plus(sparseMatMul(sums, h), h) // [R, H]
    const inner = normalizedMap(weights, sum, { layer: k, half: 1 }, normalize)
    const outer = normalizedMap(weights, inner.out, { layer: k, half: 2 }, normalize)
    const backward = (dh: Value) => {
      const above = outer.backward(dh)
      const below = inner.backward(above.dx)
      const gradients = { ...below.gradients, ...above.gradients }
      return { dh: add(sparseMatMulTransposed(sums, below.dx), below.dx), gradients }
    }
    return { h: outer.out, moments: [inner.moments, outer.moments], backward }
  }
}

interface Place {
  readonly layer: number
  /** Of its MLP. */
  readonly half: 1 | 2
}

/** ReLU(norm(x W^T + b)) */
function normalizedMap(weights: BaselineWeights, x: Value, { layer, half }: Place, normalize: Normalize) {
  const [mapName, normName] = [`layers.${layer}.lin${half}`, `layers.${layer}.norm${half}`]
  const map = linearOf(weights, mapName)
  const normalized = normalize(linear(x, map), linearOf(weights, normName), 2 * layer + half - 1)
  const out = relu(normalized.out)
  const backward = (dOut: Value) => {
    const norm = normalized.backward(reluGradient(dOut, out))
    const gradients = { ...named(mapName, linearGradient(x, norm.dx)), ...named(normName, norm.gradients) }
    return { dx: matMul(norm.dx, map.weight), gradients }
  }
  return { out, moments: normalized.moments, backward }
}
