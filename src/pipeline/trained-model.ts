/** Trains a network on what was read, measures it on the test part, and puts together the model that it makes. */
import type { ModelOptions, Orientation, TrainingOptions } from '../config/schema.ts'
import type { ClassValue } from '../graph/classes.ts'
import type { EdgeSchema } from '../graph/edge-schema.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { FeatureSchema } from '../graph/feature-schema.ts'
import type { Split } from '../graph/split.ts'
import { evaluateNetwork } from '../model/evaluate.ts'
import { dataShape, networkShape, type TrainedModel } from '../model/model.ts'
import type { GivenMasks } from '../model/preassigned.ts'
import { type Checkpointing, trainResumably } from '../model/resumable-training.ts'
import { type EpochRecord, trainNetwork } from '../model/train.ts'

/** What there is to learn from. Everything that can be wrong with it has been checked. */
export interface TrainingData {
  /** None for a regression. */
  readonly classes: readonly ClassValue[]
  readonly split: Split
  readonly featureSchema: FeatureSchema
  /** Absent where edges are all alike. */
  readonly edgeSchema?: EdgeSchema | undefined
  readonly train: readonly EncodedGraph[]
  readonly validation: readonly EncodedGraph[]
  readonly test: readonly EncodedGraph[]
  /** Masks that are given instead of learned. */
  readonly givenMasks?: ReadonlyMap<EncodedGraph, GivenMasks> | undefined
}

export interface TrainedModelOptions {
  readonly options: ModelOptions
  readonly training: TrainingOptions
  /** Names; one alone for classes. [C] */
  readonly targets: readonly string[]
  readonly orientation: Orientation
  readonly signal: AbortSignal | undefined
  /** Told after each epoch. */
  readonly onEpoch: ((record: EpochRecord) => void) | undefined
  /** Default: none; what is interrupted starts afresh */
  readonly checkpointing?: Checkpointing | undefined
}

/** @throws InterruptedError once the signal is aborted; SmgError if training diverges */
export async function trainedModel(
  data: TrainingData,
  { options, training, targets, orientation, signal, onEpoch, checkpointing }: TrainedModelOptions,
): Promise<Omit<TrainedModel, 'version' | 'createdAt'>> {
  const { classes, split, featureSchema, edgeSchema, train, validation, test, givenMasks } = data
  const outputCount = options.task === 'regression' ? targets.length : classes.length
  const shape = networkShape(options, dataShape(featureSchema, edgeSchema, outputCount))
  const { dropout } = options
  const input = { shape, dropout, options: training, train, validation, givenMasks, signal, onEpoch }
  const { weights, targetScaling, bestEpoch, history } = checkpointing
    ? await trainResumably(input, checkpointing)
    : await trainNetwork(input)
  const network = { shape, weights, targetScaling }
  return {
    name: options.modelName,
    options,
    training,
    targetProperty: targets[0] ?? '',
    ...(targets.length > 1 ? { targetProperties: targets } : {}),
    classes,
    targetScaling,
    orientation,
    featureSchema,
    ...(edgeSchema === undefined ? {} : { edgeSchema }),
    split,
    metrics: await evaluateNetwork(network, test, { signal, phase: 'training', givenMasks }),
    history,
    bestEpoch,
    weights,
  }
}
