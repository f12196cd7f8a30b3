import { describe, expect, it } from 'vitest'
import { SmgError } from '../../src/errors.ts'
import type { Score } from '../../src/scoring/score.ts'
import { scoreRow } from '../../src/write-back/write-scores.ts'
import { writeOptions } from './support/write-options.ts'

const score: Score = {
  key: 7n,
  prediction: 'true',
  probability: 0.75,
  probabilities: [0.25, 0.75],
  embedding: Float32Array.of(0.5, -1, 2),
  nodeKeys: ['a', 12n, 'c'],
  // Layer 1 of all three members, then layer 2.
  masks: Float32Array.of(0.125, 0.25, 0.375, 0.5, 0.625, 0.75),
  layers: 2,
}

describe('scoreRow()', () => {
  it('puts the properties of the graph node under their names, and the masks of each member in the order of layers', () => {
    expect(scoreRow({ score, fingerprint: 'f1' }, writeOptions())).toEqual({
      key: 7n,
      properties: {
        smgPrediction: 'true',
        smgProbability: 0.75,
        smgProbabilities: [0.25, 0.75],
        smgEmbedding: [0.5, -1, 2],
        smgModel: 'rings:3',
        smgRunId: 'run-1',
        smgFingerprint: 'f1',
      },
      masks: { a: [0.125, 0.5], '12': [0.25, 0.625], c: [0.375, 0.75] },
    })
  })

  it.each([
    ['embedding', Number.NaN, { embedding: Float32Array.of(1, Number.NaN, 0) }],
    ['mask', Number.POSITIVE_INFINITY, { masks: Float32Array.of(0.5, Number.POSITIVE_INFINITY) }],
    ['probability', Number.NaN, { probabilities: [Number.NaN, 0] }],
  ])('refuses a score whose %s is %s', (what, got, change) => {
    expect(() => scoreRow({ score: { ...score, ...change }, fingerprint: 'f1' }, writeOptions())).toThrow(
      new SmgError(
        `Cannot write the scores of graph 7: expected a finite ${what}, got ${got}; check the features for extreme values, or train anew with a smaller learningRate`,
      ),
    )
  })
})
