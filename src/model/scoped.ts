import * as tf from '@tensorflow/tfjs-core'

/** As tf.tidy, for a result of any form: tensors that it does not hold are disposed of. */
export function scoped<T extends object>(compute: () => T): T {
  const engine = tf.engine()
  engine.startScope()
  let kept: tf.Tensor[] = []
  try {
    const result = compute()
    kept = [...tensorsIn(result)]
    return result
  } finally {
    engine.endScope(kept)
  }
}

/** The tensors that plain objects and arrays hold, at any depth. */
function* tensorsIn(value: unknown): Generator<tf.Tensor> {
  if (value instanceof tf.Tensor) yield value
  else if (Array.isArray(value)) for (const item of value) yield* tensorsIn(item)
  else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    yield* tensorsIn(Object.values(value))
}
