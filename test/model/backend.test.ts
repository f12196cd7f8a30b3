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

  it.each(['native', 'cpu'] as const)('prints nothing of its own while loading and computing (%s)', (backend) => {
    const script = fileURLToPath(new URL('support/multiply-matrices.ts', import.meta.url))
    const { TF_CPP_MIN_LOG_LEVEL: _, ...env } = process.env
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, backend], {
      encoding: 'utf8',
      env,
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({ product, backend: backend === 'native' ? 'tensorflow' : 'cpu' })
  })
})

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
