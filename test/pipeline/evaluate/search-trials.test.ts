import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../../src/errors.ts'
import { searchTrials } from '../../../src/pipeline/evaluate/search-trials.ts'
import { smallConfig } from '../../integration/support/small-projection.ts'

/** Of 3 layers, 8 hidden units and a learning rate of 0.01. */
const configOf = (search: Record<string, unknown>) =>
  smallConfig('models', {
    model: { layers: 3, hidden: 8 },
    training: { learningRate: 0.01 },
    evaluation: { search },
  })
const parametersOf = (search: Record<string, unknown>, seed = 1) =>
  searchTrials(configOf(search), seed).map(({ parameters }) => parameters)

describe('searchTrials()', () => {
  it('begins with the configuration as it is, and a grid has every combination besides', () => {
    const parameters = { layers: [2, 3], hidden: [8, 16] }
    expect(parametersOf({ strategy: 'grid', parameters })).toEqual([
      { layers: 3, hidden: 8 },
      { layers: 2, hidden: 8 },
      { layers: 2, hidden: 16 },
      { layers: 3, hidden: 16 },
    ])
  })

  it('puts the values where they are used', () => {
    const parameters = { layers: [2], learningRate: [0.1], batchSize: [5], variant: ['m-smg'] }
    const [, trial] = searchTrials(configOf({ strategy: 'grid', parameters }), 1)
    expect(trial?.config.model).toMatchObject({ layers: 2, hidden: 8, variant: 'm-smg' })
    expect(trial?.config.training).toMatchObject({ learningRate: 0.1, batchSize: 5 })
  })

  it('draws no combination twice, as many as there are trials, and the same for the same seed', () => {
    const search = { maxTrials: 30, parameters: { learningRate: { range: [1e-4, 1e-2] }, layers: { range: [1, 4] } } }
    const trials = parametersOf(search)
    expect(new Set(trials.map((trial) => JSON.stringify(trial))).size).toBe(30)
    expect(parametersOf(search)).toEqual(trials)
    expect(parametersOf(search, 2)).not.toEqual(trials)
    for (const { learningRate, layers } of trials) {
      expect(learningRate).toBeGreaterThanOrEqual(1e-4)
      expect(learningRate).toBeLessThanOrEqual(1e-2)
      expect([1, 2, 3, 4]).toContain(layers)
    }
    // As many below the middle factor as above it: 1e-3, not 0.005.
    const below = trials.filter(({ learningRate }) => Number(learningRate) < 1e-3).length
    expect(below).toBeGreaterThan(8)
    expect(below).toBeLessThan(22)
  })

  it('has no more trials than there are combinations', () => {
    expect(parametersOf({ parameters: { layers: [2, 3] } })).toHaveLength(2)
  })

  it.each([
    [{}, /expected lists or ranges under evaluation.search.parameters, got none/],
    [{ strategy: 'grid', parameters: { hidden: { range: [8, 16] } } }, /expected a list of hidden, got a range/],
    [
      { strategy: 'grid', maxTrials: 2, parameters: { layers: [1, 2, 4] } },
      /expected at most maxTrials = 2 combinations, got 4 with the configuration itself/,
    ],
  ])('refuses %j', (search, message) => {
    expect(() => parametersOf(search)).toThrow(ConfigError)
    expect(() => parametersOf(search)).toThrow(message)
  })
})
