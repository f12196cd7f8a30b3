import { describe, expect, it } from 'vitest'
import { modelSchema, projectionSchema, trainingSchema } from '../../src/config/schema.ts'
import { createFeatureSchema } from '../../src/graph/feature-schema.ts'
import type { TrainedModel } from '../../src/model/model.ts'
import { projectionContext, scoringContext } from '../../src/pipeline/scoring-context.ts'

const model: TrainedModel = {
  name: 'rings',
  version: '1',
  createdAt: '2026-01-01T00:00:00.000Z',
  options: modelSchema.parse({ modelName: 'rings' }),
  training: trainingSchema.parse({}),
  targetProperty: 'y',
  classes: [false, true],
  targetScaling: null,
  orientation: 'UNDIRECTED',
  featureSchema: createFeatureSchema([]),
  split: { train: [], validation: [], test: [] },
  metrics: { loss: 0, accuracy: 1, f1Macro: 1, f1Weighted: 1, rocAuc: null },
  history: [],
  bestEpoch: 1,
  weights: { 'head.lin1.bias': { shape: [2], data: Float32Array.of(0.5, 1) } },
}
const contextOf = (changes: Partial<TrainedModel>, maskChannels = false) =>
  scoringContext({ ...model, ...changes }, { maskChannels })

describe('scoringContext()', () => {
  it('is the same for the same model', () => {
    expect(contextOf({ metrics: { ...model.metrics, loss: 1 } })).toBe(contextOf({}))
  })

  it.each<[string, Partial<TrainedModel>]>([
    ['version', { version: '2' }],
    ['weight', { weights: { 'head.lin1.bias': { shape: [2], data: Float32Array.of(0.5, 2) } } }],
    ['time of training', { createdAt: '2026-01-01T00:00:00.001Z' }],
  ])('differs for a model of another %s', (_what, changes) => {
    expect(contextOf(changes)).not.toBe(contextOf({}))
  })

  it('differs where the masks of channels are written too, so that they are written and taken back', () => {
    expect(contextOf({}, true)).not.toBe(contextOf({}))
  })
})

describe('projectionContext()', () => {
  const contextOfProjection = (changes: object) => {
    const projection = { kind: 'neighbourhood', name: 'a', nodeLabels: ['B'], nodeKey: 'id', relationshipTypes: ['C'] }
    return projectionContext(projectionSchema.parse({ ...projection, graphLabel: 'A', graphKey: 'id', ...changes }))
  }

  it('tells how graphs are read only where they may be left unread', () => {
    expect(contextOfProjection({ hops: 3 })).toBe(contextOfProjection({ hops: 2 }))
    const changedSinceProperty = 'changedAt'
    expect(contextOfProjection({ changedSinceProperty, hops: 3 })).not.toBe(
      contextOfProjection({ changedSinceProperty, hops: 2 }),
    )
  })
})
