/** Cross-validation of a model and of what it is compared with. */
import { join } from 'node:path'
import type { EvaluationSettings, TrainingOptions } from '../../config/schema.ts'
import { classesOf, className } from '../../graph/classes.ts'
import type { Fold } from '../../graph/cross-validation.ts'
import type { Key } from '../../graph/subgraph.ts'
import type { WorkEngine } from '../../jobs/work-engine.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'
import { evaluateGraphs, type IdentifiedSummary } from './evaluate-graphs.ts'
import { readFoldFiles } from './fold-files.ts'
import type { LearnerKind } from './learner.ts'
import { type PairedDifference, pairedDifference } from './paired-difference.ts'
import { searchTrials } from './search-trials.ts'
import { valueOfMeasure } from './summary.ts'

export interface EvaluateChoices {
  /** What the model is compared with, on the same folds. */
  readonly compare: readonly LearnerKind[]
  /** Whether settings are searched. */
  readonly search: boolean
  /** Folder with folds to use instead of seeded ones. */
  readonly foldFiles?: string | undefined
  /** Does the trainings. Default: processes of this machine */
  readonly engine?: WorkEngine | undefined
  readonly signal?: AbortSignal | undefined
  readonly onNotice?: ((sentence: string) => void) | undefined
  /** Told after each epoch of any training; `of` is the largest number of epochs of all together. */
  readonly onEpoch?: ((done: number, of: number) => void) | undefined
}

export interface Evaluation
  extends Pick<EvaluationSettings, 'protocol' | 'validationFolds' | 'repeats'>,
    Pick<TrainingOptions, 'epochChoice'> {
  /** Of the projection, or the data set. */
  readonly name: string
  readonly targetProperty: string
  readonly graphCount: number
  readonly randomSeed: number
  /** Names of the classes, in the order of the confusion matrix; none of a regression. */
  readonly classes: readonly string[]
  /** The model first. */
  readonly models: readonly EvaluatedModel[]
}

export interface EvaluatedModel extends IdentifiedSummary {
  readonly learner: LearnerKind
  /** The variant of the model, or the name of the baseline. */
  readonly name: string
  /** Of the first model less this one; `null` of the first itself. */
  readonly difference: MeasureDifference | null
}

export interface MeasureDifference extends PairedDifference {
  /** accuracy, or meanAbsoluteError of a regression */
  readonly measure: string
}

/**
 * Trains and tests on every fold; ended on the way, the next call goes on.
 *
 * @throws ConfigError, SourceDataError, SmgError and InterruptedError as {@link evaluateGraphs}, {@link readFoldFiles} and
 * {@link searchTrials}
 */
export async function evaluate(labelled: LabelledGraphs, choices: EvaluateChoices): Promise<Evaluation> {
  const { config, graphs } = labelled
  const { evaluation, training, projection, targetProperty, model } = config
  const { protocol, repeats, concurrency, trainingCurve, directory } = evaluation
  const given = choices.foldFiles === undefined ? undefined : await foldsOf(choices.foldFiles, labelled)
  const validationFolds = given?.length ?? evaluation.validationFolds
  const trials = choices.search ? searchTrials(config, training.randomSeed) : undefined
  const learners = [
    { kind: 'smg' as const, trials },
    ...choices.compare.filter((kind) => kind !== 'smg').map((kind) => ({ kind })),
  ]
  const summaries = await evaluateGraphs(labelled, learners, {
    protocol,
    folds: validationFolds,
    repeats,
    randomSeed: training.randomSeed,
    validationFraction: training.validationFraction,
    folder: join(directory, projection.name),
    processes: concurrency,
    given,
    withTrainingCurve: trainingCurve,
    engine: choices.engine,
    signal: choices.signal,
    onNotice: choices.onNotice,
    onEpoch: choices.onEpoch,
  })
  const models = learners.map(({ kind }, i): EvaluatedModel => {
    const [first, summary] = [summaries[0], summaries[i]]
    if (first === undefined || summary === undefined) throw new RangeError(`Cannot evaluate: got nothing of ${kind}`)
    const name = kind === 'smg' ? model.variant : kind
    return { ...summary, learner: kind, name, difference: i === 0 ? null : differenceOf(first, summary) }
  })
  return {
    name: projection.name,
    targetProperty,
    protocol,
    epochChoice: training.epochChoice,
    validationFolds,
    repeats,
    randomSeed: training.randomSeed,
    graphCount: graphs.length,
    classes: model.task === 'regression' ? [] : classesOf(graphs, targetProperty).map(className),
    models,
  }
}

/** Places in the files count graphs in the order of their source. */
function foldsOf(folder: string, { graphs }: LabelledGraphs): Promise<readonly Fold[]> {
  return readFoldFiles(
    folder,
    graphs.map(({ key }): Key => key),
  )
}

function differenceOf(first: IdentifiedSummary, other: IdentifiedSummary): MeasureDifference {
  const measure = 'accuracy' in first.measures ? 'accuracy' : 'meanAbsoluteError'
  const folds = first.folds.map((fold, i) => {
    const { testCount, trainCount } = fold
    const [own, others] = [fold, other.folds[i]].map((one) => (one && valueOfMeasure(one.test, measure)) ?? Number.NaN)
    return { difference: (own ?? Number.NaN) - (others ?? Number.NaN), testCount, trainCount }
  })
  return { measure, ...pairedDifference(folds) }
}
