/** A trained model: everything that scoring, explaining and repeating its training need. Plain data. */
import type { ModelOptions, Orientation, TrainingOptions } from '../config/schema.ts'
import type { ClassValue } from '../graph/classes.ts'
import type { FeatureSchema } from '../graph/feature-schema.ts'
import type { Split } from '../graph/split.ts'
import type { Metrics } from './metrics.ts'
import type { NetworkShape, Weights } from './parameters.ts'
import type { ScoringNetwork } from './predict.ts'
import type { EpochRecord } from './train.ts'

export interface TrainedModel {
  readonly name: string
  /** '1', '2', ... per name. */
  readonly version: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly options: ModelOptions
  readonly training: TrainingOptions
  readonly targetProperty: string
  /** In the order of class indices and probabilities. */
  readonly classes: readonly ClassValue[]
  readonly orientation: Orientation
  readonly featureSchema: FeatureSchema
  /** Which graphs it learned from, chose its epoch by, and was measured on. */
  readonly split: Split
  /** Of the test graphs. */
  readonly metrics: Metrics
  readonly history: readonly EpochRecord[]
  readonly bestEpoch: number
  readonly weights: Weights
}

/** The shape of the network that `options` describe for this many features and classes. */
export function networkShape(options: ModelOptions, featureCount: number, classCount: number): NetworkShape {
  const { variant, layers, hidden, inputProjection } = options
  return { variant, layers, hidden, inputProjection, featureCount, classCount }
}

export function networkShapeOf({ options, featureSchema, classes }: Omit<TrainedModel, 'weights'>): NetworkShape {
  return networkShape(options, featureSchema.featureCount, classes.length)
}

/** What `predictGraphs` and `evaluateNetwork` need of a model. */
export function scoringNetwork(model: TrainedModel): ScoringNetwork {
  return { shape: networkShapeOf(model), weights: model.weights }
}
