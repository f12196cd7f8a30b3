import { loadBackend } from '../../../src/model/backend.ts'

/**
 * Loads a backend, multiplies two matrices and prints the result as one JSON document. First argument: the backend, or
 * `riscv64` to let it be chosen for that processor; second: `without-wasm` to take WebAssembly away.
 */
const [, , wanted, change] = process.argv
if (wanted !== 'native' && wanted !== 'wasm' && wanted !== 'cpu' && wanted !== 'riscv64')
  throw new Error(`Cannot multiply: expected native, wasm, cpu or riscv64, got ${wanted}`)
if (wanted === 'riscv64') Object.defineProperty(process, 'arch', { value: wanted })
if (change === 'without-wasm') Reflect.deleteProperty(globalThis, 'WebAssembly')
const { tf, name, warning } = await loadBackend(wanted === 'riscv64' ? {} : { backend: wanted })
const left = tf.tensor2d([1, 2, 3, 4], [2, 2])
const right = tf.tensor2d([5, 6, 7, 8], [2, 2])
const top = tf.topk([1, 3, 2], 1)
if (top.values.dataSync()[0] !== 3) throw new Error('Cannot take the top value: expected 3')
console.log(JSON.stringify({ product: Array.from(tf.matMul(left, right).dataSync()), backend: name, warning }))
