/**
 * The operations of the model. Given tensors they run at once, on the kernels of whatever backend there is; given values of
 * a graph that is being built, they add nodes to it, which TensorFlow then runs as one (see program/compile.ts). So the model
 * is written once.
 *
 * Where TensorFlow is there, matrices are multiplied in such a graph alone: a signal that comes in the middle of a product on
 * the thread of JavaScript overwrites the heap (https://github.com/uxlfoundation/oneDNN/issues/4845), on TensorFlow's own
 * threads none comes.
 *
 * Kernels are called directly: tf.add and its like check, convert and broadcast first, which takes longer than a small
 * kernel itself.
 */
import * as tf from '@tensorflow/tfjs-core'
import { leakySlope, loopKernels } from './loop-kernels.ts'
import { GraphValue } from './program/graph-builder.ts'
import type { Attribute } from './program/graph-def.ts'

/** A tensor, or what will be one. */
export type Value = tf.Tensor | GraphValue

const float: Readonly<Record<string, Attribute>> = { T: { type: 'float32' } }

/** a b: [N, K] [K, M] -> [N, M], or a batch of such: [E, N, K] [E, K, M] -> [E, N, M]. */
export const matMul = (a: Value, b: Value) => product(a, b, false, false)
/** a b^T: [N, K] [M, K] -> [N, M]. */
export const matMulTransposed = (a: Value, b: Value) => product(a, b, false, true)
/** a^T b: [N, K] [N, M] -> [K, M]. */
export const transposedMatMul = (a: Value, b: Value) => product(a, b, true, false)

function product(a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const batch = a.shape.slice(0, -2)
  const shape = [...batch, side(a, transposeA ? -1 : -2), side(b, transposeB ? -2 : -1)]
  if (isTensor(a) && isTensor(b)) {
    if (a.size === 0 || b.size === 0) return zeros(shape)
    // The WASM backend takes ten times as long for a transposed argument as for its transpose.
    const left = transposeA ? transposedTensor(a) : a
    const right = transposeB ? transposedTensor(b) : b
    return kernel('BatchMatMul', { a: left, b: right }, { transposeA: false, transposeB: false })
  }
  const [op, flagA, flagB] =
    batch.length > 0 ? ['BatchMatMulV2', 'adj_x', 'adj_y'] : ['MatMul', 'transpose_a', 'transpose_b']
  return node(op, [a, b], { ...float, [flagA]: { bool: transposeA }, [flagB]: { bool: transposeB } }, shape)
}

function transposedTensor(x: tf.Tensor): tf.Tensor {
  return kernel('Transpose', { x }, { perm: swappedAxes(x) })
}

/** x^T: [N, M] -> [M, N], or of each of a batch. */
export function transpose(x: Value): Value {
  if (isTensor(x)) return transposedTensor(x)
  const axes = swappedAxes(x)
  const shape = axes.map((axis) => side(x, axis))
  return node('Transpose', [x, x.builder.constant(axes, [axes.length])], { ...float, Tperm: { type: 'int32' } }, shape)
}

function swappedAxes({ shape }: Value): number[] {
  const axes = shape.map((_, i) => i)
  return [...axes.slice(0, -2), axes.length - 1, axes.length - 2]
}

/** A sparse matrix. */
export interface SparseOf<T> {
  /** Row and column of each entry, sorted by row. [nnz, 2] int32 */
  readonly indices: T
  /** [nnz] */
  readonly values: T
  /** Number of rows and columns. [2] int32 */
  readonly shape: T
}

/** A x: A [R, S], x [S, H] -> [R, H]. */
export const sparseMatMul = (a: SparseOf<Value>, x: Value) => sparseProduct(a, x, false)
/** A^T y: A [R, S], y [R, H] -> [S, H]. */
export const sparseMatMulTransposed = (a: SparseOf<Value>, y: Value) => sparseProduct(a, y, true)

/**
 * One op for sums over neighbours, copies of rows, readouts, and the gradients of all three. TensorFlow's walks the entries
 * once and makes no [E, H] messages; it was faster than a gather with a segment sum, and its transpose needs no second,
 * reversed list of edges.
 */
function sparseProduct({ indices, values, shape }: SparseOf<Value>, x: Value, transposed: boolean): Value {
  if (isTensor(indices) && isTensor(values) && isTensor(shape) && isTensor(x))
    return kernel(loopKernels.sparseMatMul, { indices, values, shape, x }, { transposed })
  const attributes = {
    ...float,
    Tindices: { type: 'int32' },
    adjoint_a: { bool: transposed },
    adjoint_b: { bool: false },
  } as const
  return node('SparseTensorDenseMatMul', [indices, values, long(shape), x], attributes, [-1, side(x, -1)])
}

/**
 * Softmax over the entries of each row of a sparse matrix whose values are logits; they are sorted by row and column, and none
 * is there twice. A logit raised by ln n counts as n equal ones. [nnz]
 */
export function sparseSoftmax({ indices, values, shape }: SparseOf<Value>): Value {
  if (isTensor(indices) && isTensor(values) && isTensor(shape))
    return kernel(loopKernels.sparseSoftmax, { indices, values, shape })
  return node('SparseSoftmax', [long(indices), values, long(shape)], float, [-1])
}

function long(x: Value): GraphValue {
  const attributes = { SrcT: { type: 'int32' }, DstT: { type: 'int64' }, Truncate: { bool: false } } as const
  return node('Cast', [x], attributes, x.shape)
}

/** a b, component by component; sides of b of length 1 are stretched. */
export function multiply(a: Value, b: Value): Value {
  return isTensor(a) && isTensor(b) ? kernel('Multiply', { a, b }) : node('Mul', [a, b], float, a.shape)
}

/** a - b; sides of b of length 1 are stretched. */
export function subtract(a: Value, b: Value): Value {
  return isTensor(a) && isTensor(b) ? kernel('Sub', { a, b }) : node('Sub', [a, b], float, a.shape)
}

/** Sum over columns: [N, M] -> [N, 1]. */
export function sumColumns(x: Value): Value {
  if (isTensor(x)) return kernel('Sum', { x }, { axis: [1], keepDims: true })
  const attributes = { ...float, Tidx: { type: 'int32' }, keep_dims: { bool: true } } as const
  return node('Sum', [x, x.builder.constant([1], [1])], attributes, [side(x, 0), 1])
}

/** Sum over rows, the gradient of a bias: [N, M] -> [M]. */
export function sumRows(x: Value): Value {
  if (!isTensor(x)) return node('BiasAddGrad', [x], float, [side(x, -1)])
  return side(x, 0) === 0 ? zeros([side(x, -1)]) : kernel('Sum', { x }, { axis: [0], keepDims: false })
}

/** Sums over nothing: without numbers to go through, kernels of the WASM backend fail, or return what happens to be in memory. */
const zeros = (shape: number[]) => tf.zeros(shape)

/** 1 / sqrt(x). */
export function rsqrt(x: Value): Value {
  return isTensor(x) ? kernel('Rsqrt', { x }) : node('Rsqrt', [x], float, x.shape)
}

/** Probabilities of logits. [B, C] */
export function softmax(x: Value): Value {
  return isTensor(x) ? kernel('Softmax', { logits: x }, { dim: 1 }) : node('Softmax', [x], float, x.shape)
}

/** Side by side: [N, M1], [N, M2], ... -> [N, M1 + M2 + ...]; or one after the other, of vectors. */
export function concat(parts: readonly Value[]): Value {
  const [first] = parts
  if (first === undefined) throw new RangeError('Cannot join values: got none')
  if (parts.length === 1) return first
  const axis = first.shape.length - 1
  if (isTensor(first)) return tf.concat(parts.filter(isTensor), axis)
  const length = parts.reduce((sum, part) => sum + side(part, -1), 0)
  const attributes = { ...float, N: { int: parts.length }, Tidx: { type: 'int32' } } as const
  return node('ConcatV2', [...parts, first.builder.constant([axis], [])], attributes, [
    ...first.shape.slice(0, -1),
    length,
  ])
}

/** `count` equal groups of columns: [N, count M] -> [N, M] each. */
export function splitColumns(x: Value, count: number): Value[] {
  if (count === 1) return [x]
  if (isTensor(x)) return tf.split(x, count, 1)
  const shape = [side(x, 0), side(x, 1) / count]
  const shapes = Array.from({ length: count }, () => shape)
  return x.builder.add('Split', [x.builder.constant([1], []), x], { ...float, num_split: { int: count } }, shapes)
}

/** `size` numbers of a vector from `first` on. [P] -> [size] */
export function slice(x: Value, first: number, size: number): Value {
  if (isTensor(x)) return tf.slice(x, [first], [size])
  const { builder } = x
  return node(
    'Slice',
    [x, builder.constant([first], [1]), builder.constant([size], [1])],
    { ...float, Index: { type: 'int32' } },
    [size],
  )
}

/** The same numbers in another shape; one side may be -1: whatever is left. */
export function reshape(x: Value, shape: readonly number[]): Value {
  if (isTensor(x)) return tf.reshape(x, [...shape])
  return node('Reshape', [x, x.builder.constant(shape, [shape.length])], { ...float, Tshape: { type: 'int32' } }, shape)
}

// What follows disposes of its arguments, which the model never needs again: the fewer tensors there are, the more of them
// stay in the processor's cache.

/** a + b, in place of both. */
export function add(a: Value, b: Value): Value {
  if (isTensor(a) && isTensor(b)) return inPlaceOf([a, b], kernel('Add', { a, b }))
  return node('AddV2', [a, b], float, a.shape)
}

/** a + b, in place of a alone; sides of b of length 1 are stretched. */
export function plus(a: Value, b: Value): Value {
  if (isTensor(a) && isTensor(b)) return inPlaceOf([a], kernel('Add', { a, b }))
  return node('AddV2', [a, b], float, a.shape)
}

/** x + bias, in place of x: [N, M] + [M] -> [N, M]. */
export function addBias(x: Value, bias: Value): Value {
  if (isTensor(x) && isTensor(bias)) return inPlaceOf([x], kernel('Add', { a: x, b: bias }))
  return node('BiasAdd', [x, bias], float, x.shape)
}

export const relu = (x: Value) => unary('Relu', x)
export const elu = (x: Value) => unary('Elu', x)
export const sigmoid = (x: Value) => unary('Sigmoid', x)
/** x, a fifth of it below 0: TensorFlow's slope where none is given. */
export const leakyRelu = (x: Value) => unary('LeakyRelu', x, { alpha: leakySlope })

function unary(name: string, x: Value, attrs: tf.NamedAttrMap = {}): Value {
  return isTensor(x) ? inPlaceOf([x], kernel(name, { x }, attrs)) : node(name, [x], float, x.shape)
}

/** dx of y = relu(x), in place of dy. */
export function reluGradient(dy: Value, y: Value): Value {
  if (isTensor(dy) && isTensor(y)) return inPlaceOf([dy], kernel(loopKernels.reluGradient, { dy, y }))
  return node('ReluGrad', [dy, y], float, y.shape)
}

/** dx of y = leakyRelu(x), in place of dy. */
export function leakyReluGradient(dy: Value, y: Value): Value {
  if (isTensor(dy) && isTensor(y)) return inPlaceOf([dy], kernel(loopKernels.leakyReluGradient, { dy, y }))
  return node('LeakyReluGrad', [dy, y], float, y.shape)
}

/** dx of y = elu(x), in place of dy. */
export function eluGradient(dy: Value, y: Value): Value {
  if (isTensor(dy) && isTensor(y)) return inPlaceOf([dy], kernel(loopKernels.eluGradient, { dy, y }))
  return node('EluGrad', [dy, y], float, y.shape)
}

/** dx of y = sigmoid(x), in place of dy. */
export function sigmoidGradient(dy: Value, y: Value): Value {
  if (isTensor(dy) && isTensor(y)) return inPlaceOf([dy], kernel(loopKernels.sigmoidGradient, { dy, y }))
  return node('SigmoidGrad', [y, dy], float, y.shape)
}

/** `result`, once `used` are disposed of. */
export function inPlaceOf(used: readonly Value[], result: Value): Value {
  dispose(used)
  return result
}

/** Frees tensors; TensorFlow itself frees what a graph computes as soon as it can. */
export function dispose(values: readonly Value[]): void {
  for (const value of values) if (isTensor(value)) value.dispose()
}

export function isTensor(value: Value): value is tf.Tensor {
  return !(value instanceof GraphValue)
}

function kernel(name: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap = {}): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attrs)
}

function node(
  op: string,
  inputs: readonly Value[],
  attributes: Readonly<Record<string, Attribute>>,
  shape: readonly number[],
): GraphValue {
  const values = inputs.filter((input) => input instanceof GraphValue)
  const builder = values[0]?.builder
  if (builder === undefined || values.length < inputs.length)
    throw new TypeError(`Cannot add ${op} to a graph: expected values of the graph, got a tensor`)
  const [result] = builder.add(op, values, attributes, [shape])
  if (result === undefined) throw new TypeError(`Cannot add ${op} to a graph: it has no output`)
  return result
}

/** A side of a value; negative: from the end. */
export function side({ shape }: Value, axis: number): number {
  return shape.at(axis) ?? 1
}
