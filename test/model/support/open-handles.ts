import * as tf from '@tensorflow/tfjs-core'

/** Tensors and graphs that TensorFlow holds for us: what was made and not yet deleted, counted at the native binding. */
export interface OpenHandles {
  tensors(): number
  models(): number
  /** Counts no more. */
  stop(): void
}

/** Native backend only. */
export function countOpenHandles(): OpenHandles {
  const backend: unknown = tf.backend()
  const binding: unknown = typeof backend === 'object' && backend !== null ? Reflect.get(backend, 'binding') : undefined
  if (typeof binding !== 'object' || binding === null) throw new TypeError('Cannot count: expected the native backend')
  const originals = new Map<string, unknown>()
  const count = { tensors: 0, models: 0 }
  const watch = (name: string, change: (result: unknown) => void) => {
    const original: unknown = Reflect.get(binding, name)
    if (typeof original !== 'function') throw new TypeError(`Cannot count: the binding has no ${name}`)
    originals.set(name, original)
    Reflect.set(binding, name, (...args: unknown[]): unknown => {
      const result: unknown = Reflect.apply(original, binding, args)
      change(result)
      return result
    })
  }
  watch('createTensor', () => count.tensors++)
  watch('runSavedModel', (outputs) => {
    count.tensors += Array.isArray(outputs) ? outputs.length : 0
  })
  watch('deleteTensor', () => count.tensors--)
  watch('loadSavedModel', () => count.models++)
  watch('deleteSavedModel', () => count.models--)
  return {
    tensors: () => count.tensors,
    models: () => count.models,
    stop: () => {
      for (const [name, original] of originals) Reflect.set(binding, name, original)
    },
  }
}
