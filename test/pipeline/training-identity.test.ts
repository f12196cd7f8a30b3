import { describe, expect, it } from 'vitest'
import { modelSchema, trainingSchema } from '../../src/config/schema.ts'
import { type TrainingIdentityInput, trainingIdentity } from '../../src/pipeline/training-identity.ts'

const modelOptions = modelSchema.parse({ modelName: 'cases' })
const input: TrainingIdentityInput = {
  data: {
    classes: [0n, 1n],
    split: { train: ['a'], validation: ['b'], test: ['c'] },
    featureSchema: { featureCount: 1, groups: [{ kind: 'degreeStandardize', mean: 1, std: 2 }] },
    train: [],
    validation: [],
    test: [],
  },
  options: modelOptions,
  training: trainingSchema.parse({}),
  targetProperty: 'suspicious',
  orientation: 'UNDIRECTED',
  version: '1',
  backend: 'tensorflow 4.22.0',
}

/** The parts in which the identity of the changed input differs. */
function differing(change: Partial<TrainingIdentityInput>): string[] {
  const [before, after] = [trainingIdentity(input), trainingIdentity({ ...input, ...change })]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name])
}

describe('trainingIdentity()', () => {
  it.each<[string, Partial<TrainingIdentityInput>]>([
    ['model.hidden', { options: { ...modelOptions, hidden: 32 } }],
    ['training.randomSeed', { training: { ...input.training, randomSeed: 7 } }],
    ['training.learningRateDecay', { training: { ...input.training, learningRateDecay: { every: 5, factor: 0.5 } } }],
    ['orientation', { orientation: 'NATURAL' }],
    ['version', { version: '2' }],
    ['backend', { backend: 'wasm 4.22.0' }],
    ['classes', { data: { ...input.data, classes: ['0', '1'] } }],
    ['split', { data: { ...input.data, split: { train: ['b'], validation: ['a'], test: ['c'] } } }],
    ['features', { data: { ...input.data, edgeSchema: { weight: 'amount', type: null, features: [] } } }],
  ])('names %s where that alone differs', (name, change) => {
    expect(differing(change)).toEqual([name])
  })
})
