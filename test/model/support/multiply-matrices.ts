import { loadBackend } from '../../../src/model/backend.ts'

/** Loads the backend named by the first argument, multiplies two matrices and prints the result as one JSON document. */
const backend = process.argv[2]
if (backend !== 'native' && backend !== 'cpu')
  throw new Error(`Cannot multiply: expected native or cpu, got ${backend}`)
const { tf, name } = await loadBackend({ backend })
const left = tf.tensor2d([1, 2, 3, 4], [2, 2])
const right = tf.tensor2d([5, 6, 7, 8], [2, 2])
const top = tf.topk([1, 3, 2], 1)
if (top.values.dataSync()[0] !== 3) throw new Error('Cannot take the top value: expected 3')
console.log(JSON.stringify({ product: Array.from(tf.matMul(left, right).dataSync()), backend: name }))
