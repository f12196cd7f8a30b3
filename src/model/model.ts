/** A trained model: everything that scoring, explaining and repeating its training need. Plain data. */
import type { ModelOptions, Orientation, TrainingOptions } from '../config/schema.ts'
import type { ClassValue } from '../graph/classes.ts'
import type { EdgeSchema } from '../graph/edge-schema.ts'
import { type FeatureSchema, widthOf } from '../graph/feature-schema.ts'
import type { Split } from '../graph/split.ts'
import type { MaskQuality } from './mask-quality/mask-quality.ts'
import type { Metrics } from './metrics.ts'
import type { NetworkShape, Weights } from './parameters.ts'
import type { ScoringNetwork } from './predict.ts'
import type { TargetScaling } from './targets.ts'
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
  /** All targets of a regression, in the order of predicted values; absent where `targetProperty` is the only one. */
  readonly targetProperties?: readonly string[] | undefined
  /** In the order of class indices and probabilities; none for a regression. */
  readonly classes: readonly ClassValue[]
  /** `null` for classes. */
  readonly targetScaling: TargetScaling | null
  readonly orientation: Orientation
  readonly featureSchema: FeatureSchema
  /** What edges have beyond their ends; absent where they are all alike, as those of a database are. */
  readonly edgeSchema?: EdgeSchema | undefined
  /** Which graphs it learned from, chose its epoch by, and was measured on. */
  readonly split: Split
  /** Of the test graphs. */
  readonly metrics: Metrics
  /** Of the test graphs; absent where masks were not measured, as in models of earlier builds. */
  readonly maskQuality?: MaskQuality | undefined
  readonly history: readonly EpochRecord[]
  readonly bestEpoch: number
  readonly weights: Weights
}

/** What the data adds to the options of a model. */
export interface DataShape {
  /** Feature columns, F. */
  readonly featureCount: number
  /** Classes or targets, C. */
  readonly outputCount: number
  /** Relationship types with weights of their own. Default: 1 */
  readonly typeCount?: number
  /** Edge feature columns. Default: 0 */
  readonly edgeFeatureCount?: number
}

/** The shape of the network that `options` describe for such data. */
export function networkShape(options: Omit<ModelOptions, 'modelName' | 'dropout'>, data: DataShape): NetworkShape {
  const { task, variant, readout, layers, hidden, inputProjection, edgeHidden } = options
  return {
    typeCount: 1,
    edgeFeatureCount: 0,
    ...data,
    task,
    variant,
    readout,
    layers,
    hidden,
    inputProjection,
    edgeHidden,
  }
}

/** What the schemas, and the number of classes or targets, say of the data. */
export function dataShape(
  { featureCount }: FeatureSchema,
  edgeSchema: EdgeSchema | undefined,
  outputCount: number,
): DataShape {
  return {
    featureCount,
    outputCount,
    typeCount: edgeSchema?.type?.categories.length ?? 1,
    edgeFeatureCount: edgeSchema?.features.reduce((sum, group) => sum + widthOf(group), 0) ?? 0,
  }
}

export function networkShapeOf(model: Omit<TrainedModel, 'weights'>): NetworkShape {
  const { options, featureSchema, edgeSchema, classes, targetScaling } = model
  const outputCount = targetScaling === null ? classes.length : targetScaling.mean.length
  return networkShape(options, dataShape(featureSchema, edgeSchema, outputCount))
}

/** What `createPredictor` and `evaluateNetwork` need of a model. */
export function scoringNetwork(model: TrainedModel): ScoringNetwork {
  return { shape: networkShapeOf(model), weights: model.weights, targetScaling: model.targetScaling }
}
