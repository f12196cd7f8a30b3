import { describe, expect, it } from 'vitest'
import { embeddingIndexName, keyIndexName, writtenProperties } from '../../src/write-back/properties.ts'

describe('writtenProperties()', () => {
  const written = writtenProperties('smg')
  const { prediction, probability, probabilities, embedding, model, runId, scoredAt, fingerprint } = written
  const ofGraphs = [prediction, probability, probabilities, embedding, model, runId, scoredAt, fingerprint]
  const ofMembers = [written.maskLayer(1), written.maskLayer(16), written.maskChannels]
  const others = [
    'smg',
    'smgMask',
    'smgMaskLayer',
    'smgMaskLayer1x',
    'smgMaskChannel',
    'smgMaskChannels1',
    'smgPredictions',
    'xsmgModel',
    'SMGModel',
    'label',
  ]

  it('are named as the contract says', () => {
    expect([...ofGraphs, ...ofMembers]).toEqual([
      'smgPrediction',
      'smgProbability',
      'smgProbabilities',
      'smgEmbedding',
      'smgModel',
      'smgRunId',
      'smgScoredAt',
      'smgFingerprint',
      'smgMaskLayer1',
      'smgMaskLayer16',
      'smgMaskChannels',
    ])
  })

  it('are all matched by the pattern of any, the masks by that of masks, and nothing else is', () => {
    // Cypher's =~ matches whole texts.
    const matches = (pattern: string) => (name: string) => new RegExp(`^(?:${pattern})$`).test(name)
    expect([...ofGraphs, ...ofMembers, ...others].filter(matches(written.anyPattern))).toEqual([
      ...ofGraphs,
      ...ofMembers,
    ])
    expect([...ofGraphs, ...ofMembers, ...others].filter(matches(written.maskPattern))).toEqual(ofMembers)
  })

  it('follow the prefix', () => {
    expect(writtenProperties('fraud2').maskLayer(3)).toBe('fraud2MaskLayer3')
    expect(writtenProperties('fraud2').scoredAt).toBe('fraud2ScoredAt')
  })
})

describe('the names of indexes', () => {
  it('hold prefix and projection', () => {
    expect(embeddingIndexName('smg', 'rings')).toBe('smg_rings_embedding')
    expect(keyIndexName('smg', 'rings')).toBe('smg_rings_key')
  })
})
