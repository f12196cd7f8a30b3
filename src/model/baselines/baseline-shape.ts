/** The networks that the Soft-Mask GNN is compared with: their form, and their weights in one flat vector. */
import type { Random } from '../../graph/random.ts'
import { sizeOf } from '../parameters.ts'

/**
 * gin: GIN-0 with batch normalisation (Xu et al. 2019, arXiv:1810.00826); gat: GAT with four heads (Veličković et al. 2018,
 * arXiv:1710.10903); both with the input projection, the readout and the classifier of the Soft-Mask GNN. linear: a softmax
 * regression on the sums of the node features, which sees no edges.
 */
export const baselineKinds = ['gin', 'gat', 'linear'] as const
export type BaselineKind = (typeof baselineKinds)[number]

export interface BaselineShape {
  readonly kind: BaselineKind
  /** Number of layers, K. */
  readonly layers: number
  /** Hidden units, H; of gat a multiple of the heads. */
  readonly hidden: number
  /** Whether the readouts of all layers are joined. */
  readonly isJk: boolean
  /** Feature columns, F. */
  readonly featureCount: number
  /** Classes, C. */
  readonly outputCount: number
}

export const heads = 4

/** Initial values: uniform within ±bound, or a constant. */
type Initial = { readonly bound: number } | { readonly value: number }

export interface BaselineParameter {
  readonly name: string
  readonly shape: readonly number[]
  readonly initial: Initial
}

/**
 * Names, shapes and initial values as PyTorch and PyTorch Geometric have them, in the order of the flat vector.
 *
 * @throws RangeError for a gat whose hidden units the heads cannot share
 */
export function baselineParameters(shape: BaselineShape): readonly BaselineParameter[] {
  const { kind, layers, hidden, isJk, featureCount, outputCount } = shape
  if (kind === 'linear') return linear('head.lin2', outputCount, featureCount)
  if (kind === 'gat' && hidden % heads !== 0)
    throw new RangeError(`Cannot make a gat: expected hidden to be a multiple of ${heads}, got ${hidden}`)
  const ofLayer = kind === 'gin' ? ginLayer : gatLayer
  return [
    ...linear('input', hidden, featureCount),
    ...Array.from({ length: layers }, (_, k) => ofLayer(`layers.${k}`, hidden)).flat(),
    ...linear('head.lin1', hidden, isJk ? layers * hidden : hidden),
    ...linear('head.lin2', outputCount, hidden),
  ]
}

function linear(name: string, outputs: number, inputs: number): BaselineParameter[] {
  const initial = { bound: inputs > 0 ? 1 / Math.sqrt(inputs) : 0 }
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], initial },
    { name: `${name}.bias`, shape: [outputs], initial },
  ]
}

function ginLayer(name: string, hidden: number): BaselineParameter[] {
  return [
    ...linear(`${name}.lin1`, hidden, hidden),
    ...norm(`${name}.norm1`, hidden),
    ...linear(`${name}.lin2`, hidden, hidden),
    ...norm(`${name}.norm2`, hidden),
  ]
}

function norm(name: string, hidden: number): BaselineParameter[] {
  return [
    { name: `${name}.weight`, shape: [hidden], initial: { value: 1 } },
    { name: `${name}.bias`, shape: [hidden], initial: { value: 0 } },
  ]
}

/** Glorot's bound, as PyTorch Geometric. */
function gatLayer(name: string, hidden: number): BaselineParameter[] {
  const perHead = hidden / heads
  const glorot = (rows: number, columns: number) => ({ bound: Math.sqrt(6 / (rows + columns)) })
  return [
    { name: `${name}.weight`, shape: [hidden, hidden], initial: glorot(hidden, hidden) },
    { name: `${name}.ofSource`, shape: [heads, perHead], initial: glorot(heads, perHead) },
    { name: `${name}.ofTarget`, shape: [heads, perHead], initial: glorot(heads, perHead) },
    { name: `${name}.bias`, shape: [hidden], initial: { value: 0 } },
  ]
}

/** [P] */
export function initialBaseline(parameters: readonly BaselineParameter[], random: Random): Float32Array {
  const flat = new Float32Array(parameters.reduce((sum, parameter) => sum + sizeOf(parameter), 0))
  let at = 0
  for (const parameter of parameters) {
    const { initial } = parameter
    for (const end = at + sizeOf(parameter); at < end; at++)
      flat[at] = 'value' in initial ? initial.value : (2 * random.nextFloat() - 1) * initial.bound
  }
  return flat
}

/** Mean and variance of every normalisation, H each, in the order of the layers; means 0, variances 1 at first. */
export function initialStatistics({ kind, layers, hidden }: BaselineShape): Float32Array {
  if (kind !== 'gin') return new Float32Array()
  return Float32Array.from({ length: 2 * layers * 2 * hidden }, (_, i) => (Math.floor(i / hidden) % 2 === 0 ? 0 : 1))
}
