/** Cross-validation of a model on graphs with a target: trains on every fold, and sums up. */
import type { Config, Protocol } from '../../config/schema.ts'
import { ConfigError } from '../../errors.ts'
import type { Fold } from '../../graph/cross-validation.ts'
import { sha256 } from '../../model/manifest.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'
import { type FoldOrderOptions, foldOrders, keepGraphs } from './fold-orders.ts'
import { knownGraphs } from './known-graphs.ts'
import type { LearnerKind } from './learner.ts'
import { type EvaluationOptions, foldTasks } from './protocol.ts'
import type { Trial } from './search-trials.ts'
import { type EvaluationSummary, summarize } from './summary.ts'
import { type FoldOrders, type TrainedFoldsOptions, trainedFolds } from './trained-folds.ts'

/** What is trained on every fold. */
export interface EvaluatedLearner {
  readonly kind: LearnerKind
  /** Settings to choose from on validation data, fold by fold. Default: those of the configuration alone */
  readonly trials?: readonly Trial[] | undefined
}

export interface EvaluateOptions extends EvaluationOptions, Omit<FoldOrderOptions, 'kind'>, TrainedFoldsOptions {
  /** Folds to use instead of seeded ones. */
  readonly given?: readonly Fold[] | undefined
}

export interface IdentifiedSummary extends EvaluationSummary {
  /** Equal where everything that decides the numbers is: SHA-256 in hexadecimal. */
  readonly identity: string
}

/**
 * Of each learner, all on the same folds. The same numbers, however often it was ended on the way and called again.
 *
 * @throws SourceDataError naming what is wrong with targets, members or features; ConfigError for trials by protocol gin, which
 * has no validation data; SmgError if a training diverges; InterruptedError once the signal is aborted
 */
export async function evaluateGraphs(
  { config, graphs }: LabelledGraphs,
  learners: readonly EvaluatedLearner[],
  options: EvaluateOptions,
): Promise<IdentifiedSummary[]> {
  const { protocol, given, folder } = options
  if (protocol === 'gin' && learners.some(({ trials }) => trials !== undefined))
    throw new ConfigError(
      'Cannot search by protocol gin: expected validation data to choose settings on, and it has none; use protocol nested',
    )
  const { known, groups } = knownGraphs({ config, graphs })
  const tasks = foldTasks(groups, options, given)
  const kept = await keepGraphs(known, folder)
  const { epochChoice } = config.training
  const planned: PlannedLearner[] = []
  for (const { kind, trials = [{ parameters: {}, config }] } of learners) {
    const configs = trials.map((trial) => trial.config)
    planned.push({ trials, folds: await foldOrders(kept, configs, tasks, { ...options, kind }) })
  }
  // All at once, so that processes go from one learner to the next.
  const trained = await trainedFolds(
    planned.flatMap(({ folds }) => folds),
    options,
  )
  return planned.map(({ trials, folds }, i) => ({
    ...summarize({ protocol, epochChoice }, trained.slice(i * tasks.length, (i + 1) * tasks.length), trials),
    identity: identityOf(protocol, config, folds),
  }))
}

interface PlannedLearner {
  readonly trials: readonly Trial[]
  readonly folds: readonly FoldOrders[]
}

function identityOf(protocol: Protocol, { training }: Config, folds: readonly FoldOrders[]): string {
  const { epochs, patience, epochChoice } = training
  const identities = folds.flatMap(({ orders }) => orders.map(({ identity }) => identity))
  return sha256(JSON.stringify([protocol, epochs, patience, epochChoice, identities]))
}
