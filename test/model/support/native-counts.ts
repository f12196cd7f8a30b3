import * as tf from '@tensorflow/tfjs-core'

/** How many tensors and graphs TensorFlow itself holds. Native backend only. */
export function nativeCounts(): { readonly tensors: number; readonly models: number } {
  const backend: unknown = tf.backend()
  if (!hasBinding(backend)) throw new TypeError('Cannot count: expected the native backend')
  const { binding } = backend
  return { tensors: binding.getNumOfTensors(), models: binding.getNumOfSavedModels() }
}

interface NativeBackend {
  readonly binding: { getNumOfTensors(): number; getNumOfSavedModels(): number }
}

function hasBinding(backend: unknown): backend is NativeBackend {
  return typeof backend === 'object' && backend !== null && 'binding' in backend
}
