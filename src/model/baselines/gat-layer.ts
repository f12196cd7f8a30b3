/**
 * A layer of GAT: h_v' = ELU(sum over u in N(v) and v itself of a_uv W h_u + b), head by head, where a_uv is the softmax over
 * these u of LeakyReLU(s W h_u + t W h_v).
 */
import {
  addBias,
  concat,
  elu,
  eluGradient,
  leakyRelu,
  leakyReluGradient,
  matMul,
  matMulTransposed,
  multiply,
  plus,
  reshape,
  type SparseOf,
  sparseMatMul,
  sparseMatMulTransposed,
  sparseSoftmax,
  splitColumns,
  subtract,
  sumRows,
  transposedMatMul,
  type Value,
} from '../ops.ts'
import type { AttentionOf, BaselineBatchOf } from './baseline-batch.ts'
import type { BaselineLayer } from './baseline-layer.ts'
import { heads } from './baseline-shape.ts'
import { type BaselineWeights, weightOf } from './baseline-weights.ts'

export function gatLayer(weights: BaselineWeights, { attention }: BaselineBatchOf<Value>, hidden: number) {
  if (attention === null) throw new RangeError('Cannot compute a gat: expected pairs to attend to, got none')
  return (h: Value, k: number): BaselineLayer => {
    const name = `layers.${k}`
    const weight = weightOf(weights, `${name}.weight`)
    // One head after the other, as the channels of z are.
    const scoring = (side: string) => reshape(weightOf(weights, `${name}.${side}`), [hidden])
    const z = matMulTransposed(h, weight) // [R, H]
    const around = attend(z, { ofSource: scoring('ofSource'), ofTarget: scoring('ofTarget') }, attention)
    const out = elu(addBias(around.sum, weightOf(weights, `${name}.bias`)))
    const backward = (dh: Value) => {
      const dSum = eluGradient(dh, out) // [R, H]
      const { dz, ofSource, ofTarget } = around.backward(dSum)
      const gradients = {
        [`${name}.weight`]: transposedMatMul(dz, h),
        [`${name}.ofSource`]: ofSource,
        [`${name}.ofTarget`]: ofTarget,
        [`${name}.bias`]: sumRows(dSum),
      }
      return { dh: matMul(dz, weight), gradients }
    }
    return { h: out, moments: [], backward }
  }
}

/** What scores are made of: a part for the neighbour, one for the node itself. [H] each */
interface Scoring {
  readonly ofSource: Value
  readonly ofTarget: Value
}

/** Sums of neighbours, weighted by attention, head by head: z [R, H] -> [R, H]. */
function attend(z: Value, { ofSource, ofTarget }: Scoring, attention: AttentionOf<Value>) {
  const { indices, shape, logCount, targets, sources, channels } = attention
  const part = (of: Value) => matMul(multiply(z, of), channels) // [R, heads]
  const scores = leakyRelu(plus(sparseMatMul(sources, part(ofSource)), sparseMatMul(targets, part(ofTarget)))) // [E, heads]
  const weights = splitColumns(scores, heads).map((column) => {
    const logits = plus(reshape(column, [-1]), logCount) // [E]
    return { indices, values: sparseSoftmax({ indices, values: logits, shape }), shape }
  })
  const messages = splitColumns(z, heads)
  const sum = concat(weights.map((ofHead, i) => sparseMatMul(ofHead, messages[i] ?? z)))

  const backward = (dSum: Value) => {
    const dHeads = splitColumns(dSum, heads)
    const byMessages = concat(weights.map((ofHead, i) => sparseMatMulTransposed(ofHead, dHeads[i] ?? dSum))) // [R, H]
    const dWeights = matMul(multiply(sparseMatMul(targets, dSum), sparseMatMul(sources, z)), channels) // [E, heads]
    const probabilities = concat(weights.map(({ values }) => reshape(values, [-1, 1]))) // [E, heads]
    const mean = sparseMatMulTransposed(targets, multiply(probabilities, dWeights)) // [R, heads]
    const dLogits = multiply(probabilities, subtract(dWeights, sparseMatMul(targets, mean)))
    const dScores = leakyReluGradient(dLogits, scores)
    // The same for all channels of a head. [R, H]
    const spread = (pairs: SparseOf<Value>) => matMulTransposed(sparseMatMulTransposed(pairs, dScores), channels)
    const [dSource, dTarget] = [spread(sources), spread(targets)]
    return {
      dz: plus(plus(byMessages, multiply(dSource, ofSource)), multiply(dTarget, ofTarget)),
      ofSource: sumRows(multiply(z, dSource)),
      ofTarget: sumRows(multiply(z, dTarget)),
    }
  }
  return { sum, backward }
}
