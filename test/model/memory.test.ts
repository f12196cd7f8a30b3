/** Training and predicting hold on to nothing, however long they go on. */
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { trainingSchema } from '../../src/config/schema.ts'
import { InterruptedError, SmgError } from '../../src/errors.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { createPredictor } from '../../src/model/predict.ts'
import { type TrainingInput, trainNetwork } from '../../src/model/train.ts'
import { shape as jkShape, randomGraph, randomNetwork, starOrRing } from './support/graphs.ts'
import { countOpenHandles } from './support/open-handles.ts'

const shape = { ...jkShape, variant: 'smg' as const, layers: 2 }
const graphs = Array.from({ length: 20 }, (_, seed) => starOrRing(seed))

function input(options: object, overrides: Partial<TrainingInput> = {}): TrainingInput {
  const parsed = trainingSchema.parse({ batchSize: 8, learningRate: 1e-3, patience: 1000, randomSeed: 1, ...options })
  return {
    shape,
    dropout: 0.5,
    options: parsed,
    train: graphs.slice(0, 12),
    validation: graphs.slice(12),
    ...overrides,
  }
}

const megabytes = () => process.memoryUsage().rss / 2 ** 20

describe('trainNetwork()', () => {
  it.each(['cpu', 'wasm'] as const)('holds as many tensors after many epochs as after a few (%s)', async (backend) => {
    await loadBackend({ backend })
    const before = tf.memory().numTensors
    const counts: number[] = []
    await trainNetwork(input({ epochs: 30 }, { onEpoch: () => counts.push(tf.memory().numTensors) }))
    expect(new Set(counts)).toEqual(new Set([before]))
    expect(tf.memory().numTensors).toBe(before)
    await expectEndsClean(() => tf.memory().numTensors)
  })

  it('holds no more in TensorFlow, and little more in memory, after 300 epochs than after 50', async () => {
    await loadBackend()
    const open = countOpenHandles()
    try {
      const tensors: number[] = []
      const memory: number[] = []
      const onEpoch = () => {
        tensors.push(open.tensors())
        memory.push(megabytes())
      }
      await trainNetwork(input({ epochs: 300 }, { onEpoch }))
      expect(tensors).toHaveLength(300)
      expect(new Set(tensors)).toEqual(new Set([0]))
      expect((memory.at(-1) ?? 0) - (memory[50] ?? 0)).toBeLessThan(60)
      await expectEndsClean(() => open.tensors() + open.models())
    } finally {
      open.stop()
    }
  })

  it('keeps few compiled programs, whatever the batches, and frees them at the end', async () => {
    await loadBackend()
    const open = countOpenHandles()
    try {
      const models: number[] = []
      // batches of 5, 5 and 2 graphs in ever new order
      await trainNetwork(input({ epochs: 20, batchSize: 5 }, { onEpoch: () => models.push(open.models()) }))
      expect(models.at(-1)).toBeLessThanOrEqual(3)
      expect(models.at(-1)).toBe(models[1])
      expect(open.models()).toBe(0)
    } finally {
      open.stop()
    }
  })
})

/** Ends by an interruption, or by an error, leave as little behind as the usual end. */
async function expectEndsClean(held: () => number): Promise<void> {
  const before = held()
  const stopping = new AbortController()
  const interrupted = trainNetwork(input({ epochs: 3 }, { signal: stopping.signal, onEpoch: () => stopping.abort() }))
  await expect(interrupted).rejects.toThrow(InterruptedError)
  await expect(trainNetwork(input({ epochs: 3, learningRate: 1e30 }))).rejects.toThrow(SmgError)
  expect(held()).toBe(before)
}

describe('createPredictor()', () => {
  it('holds no more in TensorFlow, and little more in memory, after 300 pages than after 50', async () => {
    await loadBackend()
    const open = countOpenHandles()
    try {
      const predictor = createPredictor(randomNetwork(1, shape))
      const page = (i: number) => Array.from({ length: 1 + (i % 8) }, (_, g) => randomGraph(i + g, 1 + ((i * g) % 9)))
      const memory: number[] = []
      for (let i = 0; i < 300; i++) {
        await predictor.predict(page(i))
        memory.push(megabytes())
      }
      expect(open.tensors()).toBe(0)
      expect(open.models()).toBeLessThanOrEqual(2)
      expect((memory.at(-1) ?? 0) - (memory[50] ?? 0)).toBeLessThan(60)
      predictor.dispose()
      expect(open.models()).toBe(0)
    } finally {
      open.stop()
    }
  })
})
