import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { InterruptedError, SmgError } from '../../src/errors.ts'
import { loadBackend } from '../../src/model/backend.ts'
import type { NetworkShape } from '../../src/model/parameters.ts'
import { createPredictor, predictGraphs } from '../../src/model/predict.ts'
import { expectClose } from './support/expect-close.ts'
import { expectSamePrediction, numbersOf } from './support/expect-prediction.ts'
import { graphOf, randomGraph, randomNetwork, variants, withEdgeFeatures } from './support/graphs.ts'

const graphs = [randomGraph(1, 5), randomGraph(2, 1), randomGraph(3, 7)]
const withoutNumbers = { ...randomGraph(9, 3), x: new Float32Array(9).fill(Number.NaN) }
const regression: Partial<NetworkShape> = { task: 'regression', outputCount: 2 }

beforeAll(async () => {
  await loadBackend()
})

describe('predictGraphs()', () => {
  it('gives probabilities that add up to 1, masks in (0, 1), and the most probable class', async () => {
    const predictions = await predictGraphs(randomNetwork(1, { outputCount: 3 }), graphs)
    expect(predictions.map(({ key }) => key)).toEqual(['g1', 'g2', 'g3'])
    predictions.forEach(({ outcome, embedding, masks, maskChannels }, g) => {
      if (!('classIndex' in outcome)) throw new Error('Cannot go on: expected a class')
      const { classIndex, probability, probabilities } = outcome
      expect(probabilities).toHaveLength(3)
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
      expect(probabilities[classIndex]).toBe(Math.max(...probabilities))
      expect(probability).toBe(probabilities[classIndex])
      expect(embedding).toHaveLength(3 * 8)
      expect(masks).toHaveLength(3 * (graphs[g]?.nodeCount ?? 0))
      expect(maskChannels).toBeNull()
      for (const mask of masks) expect(mask > 0 && mask < 1).toBe(true)
    })
  })

  it('embeds a graph by its last layer, or by all of them joined', async () => {
    for (const variant of variants) {
      const [prediction] = await predictGraphs(randomNetwork(1, { variant }), graphs)
      expect(prediction?.embedding).toHaveLength(variant.endsWith('-jk') ? 24 : 8)
    }
  })

  it('gives a mask for each channel where the network has them, and their mean as the mask', async () => {
    const predictions = await predictGraphs(randomNetwork(1, { variant: 'm-smg-jk' }), graphs)
    predictions.forEach(({ masks, maskChannels }, g) => {
      const rows = 3 * (graphs[g]?.nodeCount ?? 0)
      expect(maskChannels).toHaveLength(8 * rows)
      const means = Array.from({ length: rows }, (_, row) => {
        const channels = maskChannels?.subarray(8 * row, 8 * row + 8) ?? new Float32Array()
        for (const mask of channels) expect(mask > 0 && mask < 1).toBe(true)
        expect(new Set(channels).size).toBe(8)
        return channels.reduce((sum, mask) => sum + mask, 0) / 8
      })
      expectClose({ shape: [rows], data: masks }, { shape: [rows], data: means }, 1e-6)
    })
  })

  it('reads out the mean over nodes where that is asked for: the sum divided by their number', async () => {
    const sums = await predictGraphs(randomNetwork(1), graphs)
    const means = await predictGraphs(randomNetwork(1, { readout: 'mean' }), graphs)
    sums.forEach(({ embedding, masks }, g) => {
      const size = graphs[g]?.nodeCount ?? 0
      expectClose(
        { shape: [24], data: means[g]?.embedding ?? [] },
        { shape: [24], data: embedding.map((sum) => sum / size) },
        1e-6,
      )
      expect(means[g]?.masks).toEqual(masks)
    })
  })

  it('gives every target of a regression in its own units', async () => {
    const plain = await predictGraphs(randomNetwork(1, regression), graphs)
    const scaling = { mean: [100, -5], std: [10, 0.5] }
    const scaled = await predictGraphs(randomNetwork(1, regression, scaling), graphs)
    plain.forEach(({ outcome }, g) => {
      const [first = 0, second = 0] = numbersOf(outcome)
      expect(scaled[g]?.outcome).toEqual({ values: [100 + 10 * first, -5 + 0.5 * second] })
    })
  })

  it('takes graphs without edges, edge features included, and graphs without nodes', async () => {
    const network = randomNetwork(1, { edgeFeatureCount: 2 })
    const [lonely, pair] = [withEdgeFeatures(randomGraph(2, 1)), withEdgeFeatures(randomGraph(4, 5))]
    const alone = await predictGraphs(network, [lonely, pair], { limits: { graphs: 1 } })
    const together = await predictGraphs(network, [lonely, pair])
    alone.forEach((prediction, g) => {
      expectSamePrediction(prediction, together[g], 1e-6)
    })
    const [empty] = await predictGraphs(randomNetwork(1), [graphOf('empty', new Float32Array(), [], null)])
    expect(empty).toMatchObject({ embedding: new Float32Array(24), masks: new Float32Array() })
  })

  it('gives nothing for no graphs', async () => {
    expect(await predictGraphs(randomNetwork(1), [])).toEqual([])
  })

  it('ends when it is interrupted, naming what was being done', async () => {
    const stopping = new AbortController()
    function* stopAfterTwo() {
      yield* graphs.slice(0, 2)
      stopping.abort()
      yield* graphs.slice(2)
    }
    const predicting = predictGraphs(randomNetwork(1), stopAfterTwo(), {
      signal: stopping.signal,
      limits: { graphs: 1 },
      phase: 'measuring',
    })
    await expect(predicting).rejects.toThrow(InterruptedError)
    const ended = predictGraphs(randomNetwork(1), graphs, { signal: AbortSignal.abort(), phase: 'measuring' })
    await expect(ended).rejects.toThrow('Interrupted while measuring')
  })

  it.each([
    ['features', { featureCount: 5 }, 'Cannot score: expected 5 features of graph g1, got 3'],
    ['edge features', { edgeFeatureCount: 2 }, 'Cannot score: expected 2 edge features of graph g1, got 0'],
    ['relationship types', { typeCount: 4 }, 'Cannot score: expected 4 relationship types of graph g1, got 1'],
  ])('refuses graphs with other %s than the network has', async (_what, overrides, message) => {
    await expect(predictGraphs(randomNetwork(1, overrides), graphs)).rejects.toThrow(new RangeError(message))
  })

  it.each([1, 4, 9])('refuses to give numbers that are none, beside a graph of %i nodes', async (size) => {
    const predicting = predictGraphs(randomNetwork(1), [randomGraph(1, size), withoutNumbers])
    await expect(predicting).rejects.toThrow(SmgError)
    await expect(predicting).rejects.toThrow(
      /Cannot score graph g9: expected finite (outputs|embedding|masks), got NaN/,
    )
  })
})

describe('createPredictor()', () => {
  it('predicts page after page as it does all at once, also after pages with given masks', async () => {
    const predictor = createPredictor(randomNetwork(1))
    try {
      const all = await predictor.predict(graphs)
      const pages = [...(await predictor.predict(graphs.slice(0, 1))), ...(await predictor.predict(graphs.slice(1)))]
      await predictor.predict(graphs, { givenMasks: new Map() })
      const again = await predictor.predict(graphs)
      all.forEach((prediction, g) => {
        expectSamePrediction(pages[g], prediction, 1e-6)
        expect(again[g]).toEqual(prediction)
      })
    } finally {
      predictor.dispose()
    }
  })

  it('refuses weights of another network', () => {
    const { weights } = randomNetwork(1)
    const { shape } = randomNetwork(1, { hidden: 4 })
    expect(() => createPredictor({ shape, weights, targetScaling: null })).toThrow(
      'expected input.weight of shape [4,3], got [8,3]',
    )
  })

  it('leaves no tensors behind in pure JavaScript, also when it is interrupted or fails', async () => {
    await loadBackend({ backend: 'cpu' })
    try {
      await predictGraphs(randomNetwork(1), graphs)
      const before = tf.memory().numTensors
      await predictGraphs(randomNetwork(1), graphs)
      const interrupted = predictGraphs(randomNetwork(1), graphs, { signal: AbortSignal.abort() })
      await expect(interrupted).rejects.toThrow(InterruptedError)
      await expect(predictGraphs(randomNetwork(1), [withoutNumbers])).rejects.toThrow(SmgError)
      expect(tf.memory().numTensors).toBe(before)
    } finally {
      await loadBackend()
    }
  })
})
