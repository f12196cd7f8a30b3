/**
 * Kernels of our own, for the backends without TensorFlow (WASM and pure JavaScript), in plain loops. Each does what the
 * TensorFlow op does that ops.ts uses in its place.
 */
import * as tf from '@tensorflow/tfjs-core'

export const loopKernels = {
  sparseMatMul: 'SmgSparseMatMul',
  sparseSoftmax: 'SmgSparseSoftmax',
  reluGradient: 'SmgReluGrad',
  leakyReluGradient: 'SmgLeakyReluGrad',
  eluGradient: 'SmgEluGrad',
  sigmoidGradient: 'SmgSigmoidGrad',
} as const

/** Slope of the leaky ReLU below 0. */
export const leakySlope = 0.2

interface KernelArguments {
  readonly inputs: tf.NamedTensorInfoMap
  readonly attrs?: tf.NamedAttrMap
}
type Kernel = (kernel: KernelArguments) => tf.TensorInfo

/** out = A x, or A^T x. */
const sparseMatMul: Kernel = ({ inputs, attrs }) => {
  const x = input(inputs, 'x')
  const width = x.shape[1] ?? 0
  const [to, from] = attrs?.['transposed'] === true ? [1, 0] : [0, 1]
  const rowCount = read(input(inputs, 'shape'))[to] ?? 0
  const [numbers, indices, weights] = [read(x), read(input(inputs, 'indices')), read(input(inputs, 'values'))]
  const sums = new Float32Array(rowCount * width)
  for (let e = 0; e < weights.length; e++) {
    const target = (indices[2 * e + to] ?? 0) * width
    const source = (indices[2 * e + from] ?? 0) * width
    const weight = weights[e] ?? 0
    for (let i = 0; i < width; i++) sums[target + i] = (sums[target + i] ?? 0) + weight * (numbers[source + i] ?? 0)
  }
  return write(sums, [rowCount, width])
}

/** Row by row; less the highest value of the row, so that no power overflows. */
const sparseSoftmax: Kernel = ({ inputs }) => {
  const [indices, logits] = [read(input(inputs, 'indices')), read(input(inputs, 'values'))]
  const [rowCount = 0] = read(input(inputs, 'shape'))
  const highest = new Float32Array(rowCount).fill(Number.NEGATIVE_INFINITY)
  const sums = new Float32Array(rowCount)
  const rowOf = (e: number) => indices[2 * e] ?? 0
  logits.forEach((logit, e) => {
    highest[rowOf(e)] = Math.max(highest[rowOf(e)] ?? 0, logit)
  })
  const powers = Float32Array.from(logits, (logit, e) => Math.exp(logit - (highest[rowOf(e)] ?? 0)))
  powers.forEach((power, e) => {
    sums[rowOf(e)] = (sums[rowOf(e)] ?? 0) + power
  })
  return write(
    powers.map((power, e) => power / (sums[rowOf(e)] ?? 1)),
    [logits.length],
  )
}

/** dx = dy slope(y): `slope` is the derivative, as a function of the output. */
function gradient(slope: (y: number) => number): Kernel {
  return ({ inputs }) => {
    const y = read(input(inputs, 'y'))
    const dx = Float32Array.from(read(input(inputs, 'dy')), (dy, i) => dy * slope(y[i] ?? 0))
    return write(dx, input(inputs, 'y').shape)
  }
}

const kernels: readonly (readonly [string, Kernel])[] = [
  [loopKernels.sparseMatMul, sparseMatMul],
  [loopKernels.sparseSoftmax, sparseSoftmax],
  [loopKernels.reluGradient, gradient((y) => (y > 0 ? 1 : 0))],
  [loopKernels.leakyReluGradient, gradient((y) => (y > 0 ? 1 : leakySlope))],
  [loopKernels.eluGradient, gradient((y) => (y > 0 ? 1 : y + 1))],
  [loopKernels.sigmoidGradient, gradient((y) => y * (1 - y))],
]

// The registry of tfjs-core outlives a module that is loaded twice, and warns of doubles.
for (const [kernelName, kernelFunc] of kernels)
  for (const backendName of ['cpu', 'wasm', 'tensorflow'])
    if (!tf.getKernel(kernelName, backendName)) tf.registerKernel({ kernelName, backendName, kernelFunc })

function input(inputs: tf.NamedTensorInfoMap, name: string): tf.TensorInfo {
  const found = inputs[name]
  if (found === undefined) throw new TypeError(`Cannot run a kernel: expected input ${name}`)
  return found
}

function read({ dataId }: tf.TensorInfo): Float32Array | Int32Array {
  const values: unknown = tf.backend().readSync(dataId)
  if (values instanceof Float32Array || values instanceof Int32Array) return values
  throw new TypeError('Cannot run a kernel: expected float32 or int32 numbers')
}

function write(values: Float32Array, shape: number[]): tf.TensorInfo {
  return { dataId: tf.backend().write(values, shape, 'float32'), shape, dtype: 'float32' }
}
