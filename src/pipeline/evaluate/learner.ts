/** What is trained on a fold: the Soft-Mask GNN, or what it is compared with. */
import type { ModelOptions, TrainingOptions } from '../../config/schema.ts'
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { createBaselineLearner } from '../../model/baselines/baseline-learner.ts'
import { baselineKinds } from '../../model/baselines/baseline-shape.ts'
import type { Learner, LearnerState } from '../../model/fold-training.ts'
import { dataShape, networkShape } from '../../model/model.ts'
import { isJk } from '../../model/network-shape.ts'
import { createSmgLearner } from '../../model/smg-learner.ts'
import type { TargetScaling } from '../../model/targets.ts'
import type { EncodedFold } from './encode-fold.ts'

/** smg-1: the configured model with one layer. */
export const learnerKinds = ['smg', 'smg-1', ...baselineKinds] as const
export type LearnerKind = (typeof learnerKinds)[number]

/** What the model can be compared with. */
export const baselines = learnerKinds.filter((kind) => kind !== 'smg')

export interface BaselineNames {
  readonly compare: readonly LearnerKind[]
  /** In a sentence, what is no name of a baseline. */
  readonly unknown: string | null
}

/** @param text names with commas between */
export function baselineNames(text: string): BaselineNames {
  const words = text.split(',').map((word) => word.trim())
  const kinds = words.flatMap((word) => baselines.find((name) => name === word) ?? [])
  const unknown = words.find((word) => baselines.every((name) => name !== word))
  return {
    compare: [...new Set(kinds)],
    unknown:
      unknown === undefined ? null : `expected names of ${baselines.join(', ')} with commas between, got '${unknown}'`,
  }
}

export interface LearnerInput {
  readonly kind: LearnerKind
  readonly fold: EncodedFold
  readonly held: readonly EncodedGraph[]
  readonly options: ModelOptions
  readonly training: TrainingOptions
  readonly outputCount: number
  /** Of the targets of a regression; `null` of classes. */
  readonly scaling: TargetScaling | null
  readonly signal: AbortSignal | undefined
}

export function createLearner(input: LearnerInput, from?: LearnerState): Learner<LearnerState> {
  const { kind, fold, held, options, training, outputCount, scaling, signal } = input
  const { train, featureSchema, edgeSchema } = fold
  const { dropout } = options
  const common = { dropout, options: training, train, held, signal }
  if (kind === 'smg' || kind === 'smg-1') {
    const layers = kind === 'smg-1' ? 1 : options.layers
    const shape = networkShape({ ...options, layers }, dataShape(featureSchema, edgeSchema, outputCount))
    return createSmgLearner({ shape, ...common }, from)
  }
  const { layers, hidden } = options
  const { featureCount } = featureSchema
  const shape = { kind, layers, hidden, isJk: isJk(options), featureCount, outputCount }
  const state = from && { ...from, statistics: from.statistics ?? new Float32Array() }
  return createBaselineLearner({ shape, scaling, ...common }, state)
}
