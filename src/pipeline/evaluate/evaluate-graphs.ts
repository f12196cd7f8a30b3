/** Cross-validation of a model on graphs with a target: trains on every fold, and sums up. */
import { ConfigError } from '../../errors.ts'
import type { Fold } from '../../graph/cross-validation.ts'
import { sha256 } from '../../model/manifest.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'
import { type FoldOrderOptions, foldOrders } from './fold-orders.ts'
import { knownGraphs } from './known-graphs.ts'
import { type EvaluationOptions, foldTasks } from './protocol.ts'
import type { Trial } from './search-trials.ts'
import { type EvaluationSummary, summarize } from './summary.ts'
import { type TrainedFoldsOptions, trainedFolds } from './trained-folds.ts'

export interface EvaluateOptions extends EvaluationOptions, FoldOrderOptions, TrainedFoldsOptions {
  /** Settings to choose from on validation data, fold by fold. Default: those of the configuration alone */
  readonly trials?: readonly Trial[] | undefined
  /** Folds to use instead of seeded ones. */
  readonly given?: readonly Fold[] | undefined
}

export interface IdentifiedSummary extends EvaluationSummary {
  /** Equal where everything that decides the numbers is: SHA-256 in hexadecimal. */
  readonly identity: string
}

/**
 * The same numbers, however often it was ended on the way and called again.
 *
 * @throws SourceDataError naming what is wrong with targets, members or features; ConfigError for trials by protocol gin, which
 * has no validation data; SmgError if a training diverges; InterruptedError once the signal is aborted
 */
export async function evaluateGraphs(
  { config, graphs }: LabelledGraphs,
  options: EvaluateOptions,
): Promise<IdentifiedSummary> {
  const { protocol, given, trials = [{ parameters: {}, config }] } = options
  if (trials.length > 1 && protocol === 'gin')
    throw new ConfigError(
      'Cannot search by protocol gin: expected validation data to choose settings on, and it has none; use protocol nested',
    )
  const { known, groups } = knownGraphs({ config, graphs })
  const configs = trials.map((trial) => trial.config)
  const folds = await foldOrders(known, configs, foldTasks(groups, options, given), options)
  const summary = summarize(protocol, await trainedFolds(folds, options), trials)
  const { epochs, patience } = config.training
  const identities = folds.flatMap(({ orders }) => orders.map(({ identity }) => identity))
  return { ...summary, identity: sha256(JSON.stringify([protocol, epochs, patience, identities])) }
}
