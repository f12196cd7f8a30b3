import { describe, expect, it } from 'vitest'
import { SmgError } from '../../src/errors.ts'
import type { Score } from '../../src/scoring/score.ts'
import { scoreRow } from '../../src/write-back/score-rows.ts'
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
  maskChannels: null,
  layers: 2,
}

/** Two channels: a member's mask in a layer is the mean of the two. */
const multiChannel: Score = {
  ...score,
  maskChannels: Float32Array.of(0, 0.25, 0.125, 0.375, 0.25, 0.5, 0.25, 0.75, 0.5, 0.75, 0.5, 1),
}

const value: Score = { ...score, prediction: -3.5, probability: null, probabilities: null }

describe('scoreRow()', () => {
  it('puts the properties of the graph node under their names, and the masks of all members layer by layer', () => {
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
      absent: [],
      members: ['a', 12n, 'c'],
      masks: [
        [0.125, 0.25, 0.375],
        [0.5, 0.625, 0.75],
      ],
    })
  })

  it('writes the number of a regression, and takes away what an earlier classification left', () => {
    const { properties, absent } = scoreRow({ score: value, fingerprint: 'f1' }, writeOptions())
    expect(properties).toMatchObject({ smgPrediction: -3.5 })
    expect(Object.keys(properties)).not.toEqual(expect.arrayContaining([...absent]))
    expect(absent).toEqual(['smgProbability', 'smgProbabilities'])
  })

  it('adds the masks of all channels, layer by layer, where they are to be written', () => {
    const { writing } = writeOptions()
    const withChannels = writeOptions({ writing: { ...writing, maskChannels: true } })
    const ofLayers = [
      [0.125, 0.25, 0.375],
      [0.5, 0.625, 0.75],
    ]
    expect(scoreRow({ score: multiChannel, fingerprint: 'f1' }, withChannels).masks).toEqual([
      ...ofLayers,
      [
        [0, 0.25, 0.25, 0.75],
        [0.125, 0.375, 0.5, 0.75],
        [0.25, 0.5, 0.5, 1],
      ],
    ])
    expect(scoreRow({ score: multiChannel, fingerprint: 'f1' }, writeOptions()).masks).toEqual(ofLayers)
  })

  it.each([
    ['embedding', Number.NaN, { embedding: Float32Array.of(1, Number.NaN, 0) }],
    ['mask', Number.POSITIVE_INFINITY, { masks: Float32Array.of(0.5, Number.POSITIVE_INFINITY) }],
    ['mask', Number.NaN, { maskChannels: Float32Array.of(0.5, Number.NaN) }],
    ['probability', Number.NaN, { probabilities: [Number.NaN, 0] }],
    ['prediction', Number.NEGATIVE_INFINITY, { ...value, prediction: Number.NEGATIVE_INFINITY }],
  ])('refuses a score whose %s is %s', (what, got, change) => {
    expect(() => scoreRow({ score: { ...score, ...change }, fingerprint: 'f1' }, writeOptions())).toThrow(
      new SmgError(
        `Cannot write the scores of graph 7: expected a finite ${what}, got ${got}; check the features for extreme values, or train anew with a smaller learningRate`,
      ),
    )
  })
})
