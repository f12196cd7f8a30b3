/**
 * The one kernel of our own: sums of rows over sorted pairs,
 *
 *     out[v] = sum of x[u] over the pairs (u, v)
 *
 * It serves as neighbour sum (pairs = message edges) and as readout (pairs = a graph's rows and the graph). Its gradient
 * is the same sum over the pairs the other way round. On the native backend it is TensorFlow's
 * SparseSegmentSumWithNumSegments (the form without the number of segments would drop empty ones at the end), which walks
 * the sorted pairs without making the [E, H] messages; elsewhere it is a plain loop.
 */
import * as tf from '@tensorflow/tfjs-core'

/** Pairs (u, v) as tensors, both ways. */
export interface RowPairs {
  /** Row u of the input. [E] int32 */
  readonly source: tf.Tensor1D
  /** Row v of the output, ascending. [E] int32 */
  readonly target: tf.Tensor1D
  /** Number of output rows. */
  readonly targetCount: number
  /** The pairs (v, u), ascending in u. [E] int32 */
  readonly reversedSource: tf.Tensor1D
  readonly reversedTarget: tf.Tensor1D
}

/** x [R, H] -> out [targetCount, H]; an output row without pairs is 0. */
export function sumOverPairs(x: tf.Tensor2D, pairs: RowPairs): tf.Tensor2D {
  const { source, target, reversedSource, reversedTarget, targetCount } = pairs
  const inputs = { x, source, target, reversedSource, reversedTarget }
  return tf.engine().runKernel(kernelName, inputs, { targetCount })
}

const kernelName = 'SmgSumOverPairs'

interface KernelArguments {
  readonly inputs: tf.NamedTensorInfoMap
  readonly attrs?: tf.NamedAttrMap
}

function sumOnNativeBackend({ inputs, attrs }: KernelArguments): tf.TensorInfo {
  const backend: unknown = tf.backend()
  if (!isNativeBackend(backend)) throw new TypeError(`Cannot run ${kernelName}: expected the native backend`)
  const { TF_ATTR_TYPE: type, TF_FLOAT: float32, TF_INT32: int32 } = backend.binding
  const rowCount = tf.scalar(targetCountOf(attrs), 'int32')
  const result = backend.executeSingleOutput(
    'SparseSegmentSumWithNumSegments',
    [
      { name: 'T', type, value: float32 },
      { name: 'Tidx', type, value: int32 },
      { name: 'Tnumsegments', type, value: int32 },
      { name: 'Tsegmentids', type, value: int32 },
    ],
    [input(inputs, 'x'), input(inputs, 'source'), input(inputs, 'target'), rowCount],
  )
  rowCount.dispose()
  return result
}

function sumInLoops({ inputs, attrs }: KernelArguments): tf.TensorInfo {
  const backend = tf.backend()
  const x = input(inputs, 'x')
  const width = x.shape[1] ?? 0
  const shape = [targetCountOf(attrs), width]
  const values = numbersOf(backend.readSync(x.dataId))
  const source = numbersOf(backend.readSync(input(inputs, 'source').dataId))
  const target = numbersOf(backend.readSync(input(inputs, 'target').dataId))
  const sums = new Float32Array(targetCountOf(attrs) * width)
  for (let e = 0; e < source.length; e++) {
    const from = (source[e] ?? 0) * width
    const to = (target[e] ?? 0) * width
    for (let i = 0; i < width; i++) sums[to + i] = (sums[to + i] ?? 0) + (values[from + i] ?? 0)
  }
  return { dataId: backend.write(sums, shape, 'float32'), shape, dtype: 'float32' }
}

const sumGradient: tf.GradConfig = {
  kernelName,
  inputsToSave: ['x', 'source', 'target', 'reversedSource', 'reversedTarget'],
  gradFunc: (dy, [x, source, target, reversedSource, reversedTarget]) => ({
    x: () => {
      if (Array.isArray(dy) || !x || !source || !target || !reversedSource || !reversedTarget)
        throw new TypeError(`Cannot take the gradient of ${kernelName}: expected one output and five inputs`)
      return sumOverPairs(dy.as2D(dy.shape[0] ?? 0, dy.shape[1] ?? 0), {
        source: reversedSource.as1D(),
        target: reversedTarget.as1D(),
        targetCount: x.shape[0] ?? 0,
        reversedSource: source.as1D(),
        reversedTarget: target.as1D(),
      })
    },
  }),
}

// The registry of tfjs-core outlives a module that is loaded twice, and warns of doubles.
for (const [backendName, kernelFunc] of [
  ['tensorflow', sumOnNativeBackend],
  ['cpu', sumInLoops],
  ['wasm', sumInLoops],
] as const) {
  if (!tf.getKernel(kernelName, backendName)) tf.registerKernel({ kernelName, backendName, kernelFunc })
}
if (!tf.getGradient(kernelName)) tf.registerGradient(sumGradient)

/** What is used of tfjs-node's backend class, which only the backend module may import. */
interface NativeBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number; readonly TF_INT32: number }
  executeSingleOutput(
    name: string,
    attributes: readonly { readonly name: string; readonly type: number; readonly value: number }[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor
}

function isNativeBackend(backend: unknown): backend is NativeBackend {
  return typeof backend === 'object' && backend !== null && 'binding' in backend && 'executeSingleOutput' in backend
}

function input(inputs: tf.NamedTensorInfoMap, name: string): tf.TensorInfo {
  const found = inputs[name]
  if (found === undefined) throw new TypeError(`Cannot run ${kernelName}: expected input ${name}`)
  return found
}

function targetCountOf(attrs: tf.NamedAttrMap | undefined): number {
  return Number(attrs?.['targetCount'])
}

function numbersOf(values: unknown): Float32Array | Int32Array {
  if (values instanceof Float32Array || values instanceof Int32Array) return values
  throw new TypeError(`Cannot run ${kernelName}: expected float32 rows and int32 pairs`)
}
