import { beforeAll, describe, expect, it } from 'vitest'
import { trainingSchema } from '../../src/config/schema.ts'
import { InterruptedError, SmgError } from '../../src/errors.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { evaluateNetwork } from '../../src/model/evaluate.ts'
import { predictGraphs } from '../../src/model/predict.ts'
import { type EpochRecord, type TrainingInput, type TrainingResult, trainNetwork } from '../../src/model/train.ts'
import { expectClose } from './support/expect-close.ts'
import { numbersOf } from './support/expect-prediction.ts'
import { graphOf, randomGraph, shape, starOrRing, withEdgeFeatures } from './support/graphs.ts'

const graphs = Array.from({ length: 60 }, (_, seed) => starOrRing(seed))
const [train, validation, test] = [graphs.slice(0, 40), graphs.slice(40, 50), graphs.slice(50)]

function input(options: object = {}, overrides: Partial<TrainingInput> = {}): TrainingInput {
  const parsed = trainingSchema.parse({ epochs: 3, batchSize: 16, learningRate: 1e-2, randomSeed: 1, ...options })
  return { shape, dropout: 0.5, options: parsed, train, validation, ...overrides }
}

/** Losses of the epochs, all in one row. */
function lossesOf({ history }: TrainingResult): { shape: number[]; data: number[] } {
  const data = history.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss])
  return { shape: [data.length], data }
}

describe('trainNetwork() on the native backend', () => {
  beforeAll(async () => {
    await loadBackend()
  })

  it('learns to tell stars from rings', async () => {
    const result = await trainNetwork(input({ epochs: 15, patience: 15 }, { dropout: 0.1 }))
    const metrics = await evaluateNetwork({ shape, ...result }, test)
    expect(metrics).toMatchObject({ accuracy: 1, rocAuc: 1 })
    expect(metrics.loss).toBeLessThan(0.3)
    expect(result.targetScaling).toBeNull()
  })

  it('gives the same weights bit for bit for the same seed and data', async () => {
    const first = await trainNetwork(input())
    expect(await trainNetwork(input())).toEqual(first)
    const otherSeed = await trainNetwork(input({ randomSeed: 2 }))
    expect(otherSeed.weights).not.toEqual(first.weights)
  })

  it('gives nearly the same losses however many parts of a batch are computed side by side', async () => {
    const one = await trainNetwork(input({ concurrency: 1, epochs: 5 }))
    const three = await trainNetwork(input({ concurrency: 3, epochs: 5 }))
    expectClose(lossesOf(three), lossesOf(one), 1e-4)
  })
})

describe.each(['cpu', 'wasm'] as const)('trainNetwork() on the backend %s', (backend) => {
  it('gives the same weights bit for bit for the same seed and data, and nearly the native losses', async () => {
    await loadBackend({ backend })
    const first = await trainNetwork(input())
    expect(await trainNetwork(input())).toEqual(first)
    await loadBackend()
    expectClose(lossesOf(first), lossesOf(await trainNetwork(input())), 1e-4)
  })
})

describe('trainNetwork()', () => {
  beforeAll(async () => {
    await loadBackend({ backend: 'cpu' })
  })

  it.each(['smg', 'm-smg-jk'] as const)('computes a batch piece by piece where it is large (%s)', async (variant) => {
    const options = { batchSize: 40, classWeights: true }
    // two thirds of the graphs are of class 0, so pieces weigh differently
    const uneven = train.map((graph, g) => ({ ...graph, y: g % 3 === 0 ? 1 : 0 }))
    const changes = { shape: { ...shape, variant }, train: uneven }
    const whole = await trainNetwork(input(options, changes))
    for (const costLimit of [1, 500]) {
      const inPieces = await trainNetwork(input(options, { ...changes, costLimit }))
      expectClose(lossesOf(inPieces), lossesOf(whole), 1e-4)
      expect(inPieces.history[0]?.trainLoss).toBeCloseTo(whole.history[0]?.trainLoss ?? 0, 6)
    }
  })

  it('keeps the weights of the epoch with the lowest validation loss', async () => {
    const result = await trainNetwork(input({ epochs: 8, learningRate: 0.05 }))
    const losses = result.history.map(({ validationLoss }) => validationLoss)
    expect(result.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1)
    const metrics = await evaluateNetwork({ shape, ...result }, validation)
    expect(metrics.loss).toBeCloseTo(Math.min(...losses), 5)
    expect(metrics).toMatchObject({ accuracy: result.history[result.bestEpoch - 1]?.validationAccuracy })
  })

  it('keeps those of the epoch with the highest validation accuracy where that is wanted, of equal ones with the lowest loss', async () => {
    const result = await trainNetwork(input({ epochs: 12, learningRate: 0.05, epochChoice: 'accuracy' }))
    const ranked = result.history.toSorted(
      (a, b) =>
        (b.validationAccuracy ?? 0) - (a.validationAccuracy ?? 0) ||
        a.validationLoss - b.validationLoss ||
        a.epoch - b.epoch,
    )
    expect(result.bestEpoch).toBe(ranked[0]?.epoch)
    const metrics = await evaluateNetwork({ shape, ...result }, validation)
    expect(metrics).toMatchObject({ accuracy: ranked[0]?.validationAccuracy })
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
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5])
    expect(history.map(({ learningRate }) => learningRate)).toEqual([0.01, 0.01, 0.005, 0.005, 0.0025])
  })

  it('learns the share of each class, or lets all classes count the same', async () => {
    // All graphs look the same, one in four is of class 1: nothing is to be learned but its share.
    const alike = (count: number, share: number) =>
      Array.from({ length: count }, (_, g) => graphOf(`a${g}`, Float32Array.of(1, 0, 0), [], g % share === 0 ? 1 : 0))
    const sharesLearned = async (classWeights: boolean) => {
      const parts = { train: alike(40, 4), validation: alike(40, classWeights ? 2 : 4), dropout: 0 }
      const options = { classWeights, batchSize: 40, epochs: 60, learningRate: 0.03 }
      const result = await trainNetwork(input(options, parts))
      const [prediction] = await predictGraphs({ shape, ...result }, alike(1, 4))
      return { share: prediction && numbersOf(prediction.outcome)[1], loss: result.history.at(-1)?.trainLoss }
    }
    const entropy = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p)
    const plain = await sharesLearned(false)
    expect(plain.share).toBeCloseTo(1 / 4, 2)
    expect(plain.loss).toBeCloseTo(entropy(1 / 4), 2)
    const balanced = await sharesLearned(true)
    expect(balanced.share).toBeCloseTo(1 / 2, 2)
    expect(balanced.loss).toBeCloseTo(entropy(1 / 2), 2)
  })

  it('ends between batches once the signal is aborted', async () => {
    const stopping = new AbortController()
    setImmediate(() => stopping.abort())
    const stopped = trainNetwork(input({ epochs: 1000, patience: 1000 }, { signal: stopping.signal }))
    await expect(stopped).rejects.toThrow(InterruptedError)
    await expect(stopped).rejects.toThrow('Interrupted while training')
  })

  it('ends between validation batches once the signal is aborted', async () => {
    const stopping = new AbortController()
    const many = Array.from({ length: 600 }, (_, g) => starOrRing(g))
    const onEpoch = () => expect.unreachable('the epoch ended')
    const all = input({ batchSize: 40 }, { validation: many, signal: stopping.signal, onEpoch })
    const stopped = trainNetwork(all)
    setImmediate(() => setImmediate(() => stopping.abort())) // after the only batch, amid the validation graphs
    await expect(stopped).rejects.toThrow('Interrupted while training')
  })

  it('names the learning rate when weights grow beyond bounds', async () => {
    const training = trainNetwork(input({ learningRate: 1e30 }))
    await expect(training).rejects.toThrow(SmgError)
    await expect(training).rejects.toThrow(
      /^Cannot train further: .* in epoch 1, .*weights have grown to .* at learningRate 1e\+30; lower learningRate$/,
    )
  })

  it('names features that are too large or not finite', async () => {
    const withFeature = (value: number) => train.map((graph) => ({ ...graph, x: graph.x.map(() => value) }))
    await expect(trainNetwork(input({}, { train: withFeature(1e38) }))).rejects.toThrow(
      /a feature is as large as 1.00e\+38; standardize the feature properties$/,
    )
    await expect(trainNetwork(input({}, { validation: withFeature(Number.NaN) }))).rejects.toThrow(
      /^Cannot train further: the loss became NaN in epoch 1, .* because a feature is not finite$/,
    )
  })

  it('refuses graphs without a class, and empty parts', async () => {
    await expect(trainNetwork(input({}, { train: [randomGraph(7, 3)] }))).rejects.toThrow('graph g7 has no class')
    await expect(trainNetwork(input({}, { validation: [] }))).rejects.toThrow('40 training and 0 validation graphs')
  })

  it('refuses graphs that do not fit the network', async () => {
    const five = { shape: { ...shape, featureCount: 5 } }
    await expect(trainNetwork(input({}, five))).rejects.toThrow('expected 5 features of graph s0, got 3')
    const featured = { validation: [withEdgeFeatures(starOrRing(50))] }
    await expect(trainNetwork(input({}, featured))).rejects.toThrow('expected 0 edge features of graph s50, got 2')
  })
})
