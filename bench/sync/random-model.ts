/** A model that has learned nothing: its weights are random, its speed is that of any other. */
import { createFeatureSchema } from '../../src/graph/feature-schema.ts'
import { createRandom } from '../../src/graph/random.ts'
import { saveModel } from '../../src/model/checkpoint.ts'
import { dataShape, networkShape } from '../../src/model/model.ts'
import { initialParameters, weightsFromFlat } from '../../src/model/parameters.ts'
import { kinds, scoringConfig } from './dataset.ts'

/** Saves it below `modelDirectory`, as version 1 of the model that {@link scoringConfig} names. */
export async function saveRandomModel(modelDirectory: string): Promise<void> {
  const { model: options, training, targetProperty, projection } = scoringConfig(modelDirectory)
  const classes = [false, true]
  const featureSchema = createFeatureSchema([
    { kind: 'oneHot', property: 'kind', categories: kinds },
    { kind: 'none', property: 'x', list: false, length: 1 },
  ])
  const shape = networkShape(options, dataShape(featureSchema, undefined, classes.length))
  await saveModel(modelDirectory, {
    name: options.modelName,
    version: '1',
    createdAt: new Date().toISOString(),
    ...{ options, training, targetProperty, classes, featureSchema },
    orientation: projection.orientation,
    targetScaling: null,
    split: { train: [], validation: [], test: [] },
    metrics: { loss: 0, accuracy: 0, f1Macro: 0, f1Weighted: 0, rocAuc: null },
    history: [],
    bestEpoch: 0,
    weights: weightsFromFlat(shape, initialParameters(shape, createRandom(1, 'weights'))),
  })
}
