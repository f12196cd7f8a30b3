import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { loadBackend, restoreRemovedUtilFunctions } from '../../src/model/backend.ts'

const a = [
  [1, 2],
  [3, 4],
]
const b = [
  [5, 6],
  [7, 8],
]
const product = [19, 22, 43, 50]

describe('loadBackend()', () => {
  it('serves native tensors to every module that imports tfjs-core', async () => {
    const backend = await loadBackend()
    expect(backend).toEqual({ tf, name: 'tensorflow' })
    expect(tf.getBackend()).toBe('tensorflow')
    expect(Array.from(tf.tidy(() => tf.matMul(a, b).dataSync()))).toEqual(product)
  })

  it('leaves no tensor behind, however often it is called', async () => {
    await loadBackend()
    const before = tf.memory().numTensors
    await loadBackend()
    tf.tidy(() => tf.matMul(a, b).dataSync())
    expect(tf.memory().numTensors).toBe(before)
  })

  it('runs the kernels that used the functions gone from node:util', async () => {
    await loadBackend()
    const top = tf.tidy(() => Array.from(tf.topk([3, 1, 2], 2, true).values.dataSync()))
    expect(top).toEqual([3, 2])
  })

  it('serves the pure-JavaScript backend when asked, and says that it is slow', async () => {
    const backend = await loadBackend({ backend: 'cpu' })
    try {
      expect(backend.name).toBe('cpu')
      expect(backend.warning).toMatch(/pure JavaScript, many times slower/)
      expect(Array.from(tf.tidy(() => tf.matMul(a, b).dataSync()))).toEqual(product)
    } finally {
      await loadBackend()
    }
  })

  it('serves WebAssembly when asked, to several callers at once, and says that it is slower', async () => {
    const handlers = () => errorEvents.map((event) => process.listenerCount(event))
    const before = handlers()
    const [backend] = await Promise.all([loadBackend({ backend: 'wasm' }), loadBackend({ backend: 'wasm' })])
    try {
      expect([backend.name, tf.getBackend()]).toEqual(['wasm', 'wasm'])
      expect(backend.warning).toMatch(/WebAssembly, slower than/)
      expect(Array.from(tf.tidy(() => tf.matMul(a, b).dataSync()))).toEqual(product)
      expect(handlers()).toEqual(before)
    } finally {
      await loadBackend()
    }
  })

  it.each([
    ['native', 'tensorflow'],
    ['wasm', 'wasm'],
    ['cpu', 'cpu'],
  ])('prints nothing of its own while loading and computing, and lets the process end (%s)', (wanted, backend) => {
    const { stdout, stderr, status } = multiplyInChild(wanted)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(JSON.parse(stdout)).toMatchObject({ product, backend })
  })

  it('takes WebAssembly where there is no native library, and pure JavaScript where there is neither', () => {
    const children = [multiplyInChild('riscv64'), multiplyInChild('riscv64', 'without-wasm')]
    expect(children.map(({ stderr }) => stderr)).toEqual(['', ''])
    expect(children.map(({ stdout }) => JSON.parse(stdout))).toEqual([
      { product, backend: 'wasm', warning: expect.stringMatching(/no native TensorFlow library for \w+ on riscv64$/) },
      { product, backend: 'cpu', warning: expect.stringMatching(/on riscv64, and WebAssembly does not run/) },
    ])
  })

  it('refuses WebAssembly where Node has none', () => {
    const { stderr, status } = multiplyInChild('wasm', 'without-wasm')
    expect(stderr).toContain('Cannot load the WebAssembly backend: expected WebAssembly in Node, got none')
    expect(status).toBe(1)
  })
})

const errorEvents = ['uncaughtException', 'unhandledRejection'] as const

function multiplyInChild(...args: readonly string[]) {
  const script = fileURLToPath(new URL('support/multiply-matrices.ts', import.meta.url))
  const { TF_CPP_MIN_LOG_LEVEL: _, ...env } = process.env
  return spawnSync(process.execPath, ['--import', 'tsx', script, ...args], { encoding: 'utf8', env, timeout: 30_000 })
}

describe('restoreRemovedUtilFunctions()', () => {
  it('gives them their old meaning', () => {
    const target: Record<string, unknown> = {}
    restoreRemovedUtilFunctions(target)
    const call = (name: string, value: unknown): unknown => {
      const restored = target[name]
      return typeof restored === 'function' ? restored(value) : undefined
    }
    expect([[], {}, 'a'].map((value) => call('isArray', value))).toEqual([true, false, false])
    expect([null, undefined, 0, ''].map((value) => call('isNullOrUndefined', value))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
