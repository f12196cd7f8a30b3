/** What a report says of how an evaluation was done. */
import type { EvaluationSettings, ModelOptions, TrainingOptions } from '../../config/schema.ts'
import type { ReportFact } from '../../viewer/report-page.ts'

export interface EvaluationFacts extends Pick<EvaluationSettings, 'validationFolds' | 'repeats'> {
  readonly targetProperty: string
  readonly graphCount: number
  readonly protocol: string
  readonly randomSeed: number
  /** `null` where those that are kept are of another release. */
  readonly settings: { readonly model: ModelOptions; readonly training: TrainingOptions } | null
  /** `null` where they are not kept. */
  readonly features: readonly string[] | null
}

export function evaluationFacts(facts: EvaluationFacts): readonly ReportFact[] {
  const { targetProperty, graphCount, protocol, validationFolds, repeats, randomSeed, settings, features } = facts
  return [
    ['target', targetProperty],
    ['graphs', graphCount],
    ['protocol', protocolWords[protocol] ?? protocol],
    ['folds', repeats > 1 ? `${validationFolds}, ${repeats} times` : validationFolds],
    ['random seed', randomSeed],
    ...(settings === null ? [] : settingFacts(settings.model, settings.training)),
    ...(settings !== null && protocol === 'nested' ? [epochFact(settings.training)] : []),
    ...(features === null ? [] : [['features', features.length === 0 ? 'degree' : features.join(', ')] as const]),
  ]
}

/** Of a model and its training, in words. */
export function settingFacts(model: ModelOptions, training: TrainingOptions): readonly ReportFact[] {
  return [
    ['model', `${model.variant}, ${model.layers} layers, ${model.hidden} hidden units, dropout ${model.dropout}`],
    [
      'training',
      `at most ${training.epochs} epochs, batches of ${training.batchSize}, learning rate ${training.learningRate}`,
    ],
  ]
}

/** Whose weights are kept, in words. */
export function epochFact({ epochChoice }: Pick<TrainingOptions, 'epochChoice'>): ReportFact {
  return ['epoch kept', `${epochChoice === 'loss' ? 'lowest loss' : 'highest accuracy'} on the validation part`]
}

const protocolWords: Readonly<Record<string, string>> = {
  gin: 'gin: the epoch is the one with the highest mean accuracy over folds on test data, so it is chosen on test data',
  nested:
    'nested: epochs, and settings where they are searched, are chosen on validation parts; test parts are only reported',
}
