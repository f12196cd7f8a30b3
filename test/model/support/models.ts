/** Models for tests of model files. */
import { modelSchema, trainingSchema } from '../../../src/config/schema.ts'
import { createFeatureSchema } from '../../../src/graph/feature-schema.ts'
import { networkShape, networkShapeOf, type TrainedModel } from '../../../src/model/model.ts'
import { randomNetwork } from './graphs.ts'

/** Of the models below. */
export const featureSchema = createFeatureSchema([
  { kind: 'oneHot', property: 'kind', categories: [7n, 9007199254740993n] },
  { kind: 'oneHot', property: 'name', categories: ['7', 'é'] },
  { kind: 'oneHot', property: 'active', categories: [false, true] },
  { kind: 'standardize', property: 'position', list: true, mean: [0.1, 1 / 3], std: [1e-300, 2] },
  { kind: 'none', property: 'share', list: false, length: 1 },
  { kind: 'degreeOneHot', maxDegree: 3 },
])

const losses = { epoch: 1, learningRate: 1e-3, trainLoss: 0.7, validationLoss: 0.6 }

/** A classification with random weights. */
export function modelNamed(name: string, version = '1'): TrainedModel {
  const options = modelSchema.parse({ modelName: name, hidden: 8, layers: 2 })
  return {
    name,
    version,
    createdAt: '2026-01-02T03:04:05.000Z',
    options,
    training: trainingSchema.parse({ learningRateDecay: { every: 50, factor: 0.75 } }),
    targetProperty: 'suspicious',
    classes: [false, true],
    targetScaling: null,
    orientation: 'UNDIRECTED',
    featureSchema,
    split: { train: [1n, '1'], validation: ['b'], test: [-5n] },
    metrics: { loss: 0.25, accuracy: 0.9, f1Macro: 0.8, f1Weighted: 0.85, rocAuc: null },
    history: [{ ...losses, validationAccuracy: 0.5, validationMeanAbsoluteError: null }],
    bestEpoch: 1,
    weights: randomNetwork(1, networkShape(options, { featureCount: featureSchema.featureCount, outputCount: 2 }))
      .weights,
  }
}

/** A mask per channel, mean readout, two targets, and relationships with types, weights and features. */
export function regressionModel(): TrainedModel {
  const options = { task: 'regression', variant: 'm-smg', readout: 'mean', edgeHidden: 5, hidden: 8, layers: 2 }
  const model: TrainedModel = {
    ...modelNamed('sizes'),
    options: modelSchema.parse({ modelName: 'sizes', ...options }),
    targetProperty: 'size',
    targetProperties: ['size', 'weight'],
    classes: [],
    targetScaling: { mean: [1e-300, 1 / 3], std: [7, 0.1] },
    edgeSchema: {
      weight: 'amount',
      type: { property: 'kind', categories: ['a', 'b', 'c'] },
      features: [{ kind: 'none', property: 'length', list: false, length: 1 }],
    },
    metrics: { loss: 0.25, meanAbsoluteError: 3.5, rootMeanSquaredError: 4.5 },
    history: [{ ...losses, validationAccuracy: null, validationMeanAbsoluteError: 3.25 }],
  }
  return { ...model, weights: randomNetwork(1, networkShapeOf(model)).weights }
}
