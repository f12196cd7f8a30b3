import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { trainingSchema } from '../../src/config/schema.ts'
import { InterruptedError, SmgError } from '../../src/errors.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { evaluateNetwork } from '../../src/model/evaluate.ts'
import { type EpochRecord, type TrainingInput, trainNetwork } from '../../src/model/train.ts'
import { randomGraph, shape, starOrRing } from './support/graphs.ts'

const graphs = Array.from({ length: 60 }, (_, seed) => starOrRing(seed))
const [train, validation, test] = [graphs.slice(0, 40), graphs.slice(40, 50), graphs.slice(50)]

function input(options: object = {}, overrides: Partial<TrainingInput> = {}): TrainingInput {
  const parsed = trainingSchema.parse({ epochs: 3, batchSize: 16, learningRate: 1e-2, randomSeed: 1, ...options })
  return { shape, dropout: 0.5, options: parsed, train, validation, ...overrides }
}

describe('trainNetwork()', () => {
  beforeAll(async () => {
    await loadBackend()
  })

  it('learns to tell stars from rings', async () => {
    const result = await trainNetwork(input({ epochs: 15, patience: 15 }, { dropout: 0.1 }))
    const metrics = await evaluateNetwork({ shape, weights: result.weights }, test)
    expect(metrics.accuracy).toBe(1)
    expect(metrics.rocAuc).toBe(1)
    expect(metrics.loss).toBeLessThan(0.3)
  })

  it('gives the same weights bit for bit for the same seed and data', async () => {
    const first = await trainNetwork(input())
    expect(await trainNetwork(input())).toEqual(first)
    const otherSeed = await trainNetwork(input({ randomSeed: 2 }))
    expect(otherSeed.weights).not.toEqual(first.weights)
  })

  it('keeps the weights of the epoch with the lowest validation loss', async () => {
    const result = await trainNetwork(input({ epochs: 8, learningRate: 0.05 }))
    const losses = result.history.map(({ validationLoss }) => validationLoss)
    expect(result.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1)
    const metrics = await evaluateNetwork({ shape, weights: result.weights }, validation)
    expect(metrics.loss).toBeCloseTo(Math.min(...losses), 6)
  })

  it('stops once patience is used up, and tells of every epoch', async () => {
    const told: EpochRecord[] = []
    const result = await trainNetwork(
      input({ epochs: 50, patience: 2, learningRate: 0.5 }, { onEpoch: (record) => told.push(record) }),
    )
    expect(result.history.length).toBe(result.bestEpoch + 2)
    expect(told).toEqual(result.history)
  })

  it('multiplies the learning rate after every so many epochs', async () => {
    const { history } = await trainNetwork(
      input({ epochs: 5, patience: 5, learningRate: 0.01, learningRateDecay: { every: 2, factor: 0.5 } }),
    )
    expect(history.map(({ learningRate }) => learningRate)).toEqual([0.01, 0.01, 0.005, 0.005, 0.0025])
  })

  it('leaves no tensors behind, whether it ends, is interrupted or fails', async () => {
    await trainNetwork(input({ epochs: 1 }))
    const before = tf.memory().numTensors
    await trainNetwork(input({ epochs: 2 }))
    expect(tf.memory().numTensors).toBe(before)
    const stopping = new AbortController()
    const stopped = trainNetwork(input({}, { signal: stopping.signal, onEpoch: () => stopping.abort() }))
    await expect(stopped).rejects.toThrow(InterruptedError)
    expect(tf.memory().numTensors).toBe(before)
    await expect(trainNetwork(input({ learningRate: 1e30 }))).rejects.toThrow(SmgError)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('lets other work run between batches, so that a signal can stop it', async () => {
    const stopping = new AbortController()
    setImmediate(() => stopping.abort())
    const stopped = trainNetwork(input({ epochs: 1000, patience: 1000 }, { signal: stopping.signal }))
    await expect(stopped).rejects.toThrow('Interrupted while training')
  })

  it('names the learning rate when weights grow beyond bounds', async () => {
    await expect(trainNetwork(input({ learningRate: 1e30 }))).rejects.toThrow(
      /^Cannot train further: .* in epoch 1, .*weights have grown to .* at learningRate 1e\+30; lower learningRate$/,
    )
  })

  it('names features that are too large', async () => {
    const large = train.map((graph) => ({ ...graph, x: graph.x.map(() => 1e38) }))
    await expect(trainNetwork(input({}, { train: large }))).rejects.toThrow(
      /a feature is as large as 1.00e\+38; standardize the feature properties$/,
    )
  })

  it('refuses graphs without a class, and empty parts', async () => {
    await expect(trainNetwork(input({}, { train: [randomGraph(7, 3)] }))).rejects.toThrow('graph g7 has no class')
    await expect(trainNetwork(input({}, { validation: [] }))).rejects.toThrow('40 training and 0 validation graphs')
  })
})

describe('evaluateNetwork()', () => {
  it('refuses graphs without a class, and no graphs', async () => {
    const { weights } = await trainNetwork(input({ epochs: 1 }))
    await expect(evaluateNetwork({ shape, weights }, [randomGraph(7, 3)])).rejects.toThrow(
      'g7 has no class of the model',
    )
    await expect(evaluateNetwork({ shape, weights }, [])).rejects.toThrow('expected graphs, got none')
  })
})
