/** The network whose speed is measured: that of the model there is, or one of the configured shape that has learned nothing. */
import type { Config } from '../../config/schema.ts'
import { type ClassValue, classesOf } from '../../graph/classes.ts'
import { createEdgeFitter } from '../../graph/edge-fitter.ts'
import type { EncodeOptions } from '../../graph/encode.ts'
import type { FeatureSchema } from '../../graph/feature-schema.ts'
import { createFeatureFitter } from '../../graph/features.ts'
import { createRandom } from '../../graph/random.ts'
import { subgraphFromTable } from '../../graph/rows.ts'
import { dataShape, networkShape, scoringNetwork, type TrainedModel } from '../../model/model.ts'
import { initialParameters, weightsFromFlat } from '../../model/parameters.ts'
import type { ScoringNetwork } from '../../model/predict.ts'
import { edgeOptions } from '../relationship-options.ts'
import type { SourceGraph } from '../source.ts'

export interface TrialNetwork {
  readonly network: ScoringNetwork
  readonly featureSchema: FeatureSchema
  readonly encoding: EncodeOptions
  readonly classes: readonly ClassValue[]
}

export function networkOfModel(model: TrainedModel): TrialNetwork {
  return { network: scoringNetwork(model), featureSchema: model.featureSchema, encoding: model, classes: model.classes }
}

/**
 * @param graphs those that the features and classes are taken from
 * @throws SourceDataError naming features or targets that cannot be used
 */
export function untrainedNetwork(config: Config, graphs: readonly SourceGraph[]): TrialNetwork {
  const { model, targetProperty, projection, training } = config
  const { orientation } = projection
  const fitter = createFeatureFitter({ ...config, orientation })
  const edgeFitter = createEdgeFitter(edgeOptions(config))
  for (const { table } of graphs) {
    const subgraph = subgraphFromTable(table)
    fitter.add(subgraph)
    edgeFitter.add(subgraph)
  }
  const featureSchema = fitter.finish()
  const edgeSchema = edgeFitter.finish()
  const labelled = graphs.map(({ head }) => head).filter(({ target }) => target !== null)
  const classes = model.task === 'regression' ? [] : classesOf(labelled, targetProperty)
  const outputCount = model.task === 'regression' ? 1 : classes.length
  const shape = networkShape(model, dataShape(featureSchema, edgeSchema, outputCount))
  const weights = weightsFromFlat(shape, initialParameters(shape, createRandom(training.randomSeed, 'weights')))
  const targetScaling = model.task === 'regression' ? { mean: [0], std: [1] } : null
  return {
    network: { shape, weights, targetScaling },
    featureSchema,
    encoding: { orientation, classes, edgeSchema },
    classes,
  }
}
