import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadModel, saveModel } from '../../src/model/checkpoint.ts'
import { ring } from './support/rings.ts'
import { ask, askOne, train } from './support/small.ts'

/** Rings of 0 to 4 nitrogens. Their mass is 100 for each; their charge is one for each, less 6. */
const graphs = Array.from({ length: 30 }, (_, i) => {
  const nitrogens = Array.from({ length: i % 5 }, (_, v) => v)
  return ring({ nitrogens, attributes: { mass: 100 * (i % 5), charge: (i % 5) - 6 } })
})

describe('a regression of two targets', () => {
  it('predicts both in their own units, and remembers which they are', async () => {
    const model = await train({ target: ['mass', 'charge'] }, graphs, { epochs: 80, learningRate: 0.02 })
    expect(model).toMatchObject({ targetProperty: 'mass', targetProperties: ['mass', 'charge'], classes: [] })
    expect(model.metrics).toHaveProperty('meanAbsoluteError')
    const { prediction, probability, probabilities } = await askOne(model, ring({ nitrogens: [0, 1] }))
    const [mass = Number.NaN, charge = Number.NaN] = Array.isArray(prediction) ? prediction : []
    expect(Math.abs(mass - 200)).toBeLessThan(30)
    expect(Math.abs(charge + 4)).toBeLessThan(0.3)
    expect({ probability, probabilities }).toEqual({ probability: null, probabilities: null })
    const folder = await mkdtemp(join(tmpdir(), 'smg-graph-model-'))
    try {
      await saveModel(folder, model)
      const again = await loadModel(folder, 'model')
      expect(again).toEqual(model)
      expect(await ask(again, graphs)).toEqual(await ask(model, graphs))
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('a regression of one target', () => {
  it('predicts one number, for a target that is given beside the graph as well', async () => {
    const beside = graphs.map((graph, i) => ({ graph, target: i / 2 }))
    const model = await train({ task: 'regression' }, beside)
    expect(model).not.toHaveProperty('targetProperties')
    expect((await askOne(model, ring())).prediction).toBeTypeOf('number')
  })

  it('has no classes to weigh', async () => {
    await expect(train({ task: 'regression', target: 'mass' }, graphs, { classWeights: true })).rejects.toThrow(
      'classWeights: expected false for a regression',
    )
  })

  it('has no accuracy to choose an epoch by', async () => {
    await expect(train({ task: 'regression', target: 'mass' }, graphs, { epochChoice: 'accuracy' })).rejects.toThrow(
      'epochChoice: expected loss for a regression',
    )
  })

  it('names graphs whose target is no number', async () => {
    const texts = graphs.map((graph, i) => ({ graph, target: i === 3 ? 'heavy' : i }))
    await expect(train({ task: 'regression' }, texts)).rejects.toThrow(/'toxic'.*got STRING at graph 3/)
  })
})
