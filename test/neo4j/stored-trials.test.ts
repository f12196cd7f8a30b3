import { describe, expect, it } from 'vitest'
import { storedTrials } from '../../src/neo4j/stored-trials.ts'

describe('storedTrials()', () => {
  it('reads trials as they were written; what is no number in JSON is NaN', () => {
    const trial = { trial: 1, parameters: { hidden: 8, variant: 'smg' }, chosenIn: 2, endedEarlyIn: 0 }
    const text = JSON.stringify([{ ...trial, validationLoss: { mean: Number.POSITIVE_INFINITY, std: 0.5 } }])
    expect(storedTrials(text)).toMatchObject([{ ...trial, validationLoss: { mean: Number.NaN, std: 0.5 } }])
  })

  it('has no accuracy of a regression, or of trials that an earlier release wrote', () => {
    const trial = { trial: 1, parameters: {}, validationLoss: { mean: 1, std: 0 }, chosenIn: 1, endedEarlyIn: 0 }
    const accuracy = { mean: 0.75, std: 0.25 }
    const trials = [{ ...trial, validationAccuracy: accuracy }, { ...trial, validationAccuracy: null }, trial]
    expect(storedTrials(JSON.stringify(trials))?.map(({ validationAccuracy }) => validationAccuracy)).toEqual([
      accuracy,
      null,
      null,
    ])
  })

  it.each([undefined, null, 'no JSON', '[{}]'])('takes %j for none', (text) => {
    expect(storedTrials(text)).toBeNull()
  })
})
