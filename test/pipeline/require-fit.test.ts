import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/load.ts'
import { ConfigError } from '../../src/errors.ts'
import { createFeatureSchema, type FeatureGroup } from '../../src/graph/feature-schema.ts'
import type { TrainedModel } from '../../src/model/model.ts'
import { requireFit } from '../../src/pipeline/require-fit.ts'

const kind: FeatureGroup = { kind: 'oneHot', property: 'kind', categories: ['a', 'b'] }
const amount: FeatureGroup = { kind: 'standardize', property: 'amount', list: false, mean: [0], std: [1] }
const degree: FeatureGroup = { kind: 'degreeOneHot', maxDegree: 3 }

function configOf(changes: Readonly<Record<string, unknown>>) {
  const projection = {
    name: 'cases',
    graphLabel: 'Case',
    graphKey: 'caseId',
    nodeLabels: ['Account'],
    nodeKey: 'accountId',
    membershipType: 'MEMBER_OF',
    relationshipTypes: ['PAID'],
    ...(typeof changes['orientation'] === 'string' && { orientation: changes['orientation'] }),
  }
  const { orientation: _, ...others } = changes
  return parseConfig({ projection, targetProperty: 'suspicious', ...others }, 'test')
}

/** A model made for `configOf({})` but for its features. */
function modelWith(groups: readonly FeatureGroup[]): TrainedModel {
  const { model, training, projection, targetProperty } = configOf({})
  return {
    name: 'rings',
    version: '2',
    createdAt: '2026-01-01T00:00:00.000Z',
    options: model,
    training,
    targetProperty,
    classes: [false, true],
    targetScaling: null,
    orientation: projection.orientation,
    featureSchema: createFeatureSchema(groups),
    split: { train: [], validation: [], test: [] },
    metrics: { loss: 0, accuracy: 1, f1Macro: 1, f1Weighted: 1, rocAuc: 1 },
    history: [],
    bestEpoch: 1,
    weights: {},
  }
}

const refusal = (differences: string) =>
  new ConfigError(
    `Cannot score with the model rings:2: it was trained with ${differences}; train a new version with --retrain, or give the configuration another modelName`,
  )

describe('requireFit()', () => {
  it.each([
    ['properties with the encodings that they got', [kind, amount], { featureProperties: ['kind', 'amount'] }],
    [
      'properties with the encodings that were asked for',
      [kind, amount],
      {
        featureProperties: [
          { property: 'kind', encoding: 'oneHot' },
          { property: 'amount', encoding: 'standardize' },
        ],
      },
    ],
    ['the degree of its own accord', [degree], {}],
    ['the degree that was asked for', [kind, degree], { featureProperties: ['kind'], degreeFeature: 'oneHot' }],
    ['another dropout and other training', [degree], { model: { dropout: 0.1 }, training: { epochs: 7 } }],
  ])('accepts a model with %s', (_what, groups, changes) => {
    expect(() => requireFit(modelWith(groups), configOf(changes))).not.toThrow()
  })

  it.each([
    ['targetProperty suspicious, the configuration asks for risk', { targetProperty: 'risk' }],
    ['orientation UNDIRECTED, the configuration asks for NATURAL', { orientation: 'NATURAL' }],
    [
      'variant smg-jk, the configuration asks for smg; with layers 3, the configuration asks for 4',
      { model: { variant: 'smg', layers: 4 } },
    ],
    ['inputProjection true, the configuration asks for false', { model: { inputProjection: false } }],
    ['hidden 64, the configuration asks for 32', { model: { hidden: 32 } }],
    ['task classification, the configuration asks for regression', { model: { task: 'regression' } }],
    ['readout sum, the configuration asks for mean', { model: { readout: 'mean' } }],
    ['relationshipWeightProperty none, the configuration asks for amount', { relationshipWeightProperty: 'amount' }],
    ['relationshipTypeWeights false, the configuration asks for true', { relationshipTypeWeights: true }],
    [
      'edgeHidden 128, the configuration asks for 16; with the relationship features none, the configuration asks for amount (auto)',
      { relationshipFeatureProperties: ['amount'], model: { edgeHidden: 16 } },
    ],
  ])('refuses a model with %s', (differences, changes) => {
    expect(() => requireFit(modelWith([degree]), configOf(changes))).toThrow(refusal(differences))
  })

  it.each([
    ['amount (auto), kind (auto), degree (auto)', { featureProperties: ['amount', 'kind'] }],
    ['kind (auto), degree (auto)', { featureProperties: ['kind'] }],
    [
      'kind (none), amount (auto), degree (auto)',
      { featureProperties: [{ property: 'kind', encoding: 'none' }, 'amount'] },
    ],
    [
      'kind (auto), amount (auto), degree (standardize)',
      { featureProperties: ['kind', 'amount'], degreeFeature: 'standardize' },
    ],
  ])('refuses a model of other features than %s', (asked, changes) => {
    expect(() => requireFit(modelWith([kind, amount]), configOf(changes))).toThrow(
      refusal(`the features kind (oneHot), amount (standardize), the configuration asks for ${asked}`),
    )
  })
})
