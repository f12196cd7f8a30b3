/** Cross-validation of a model on graphs with a target: trains on every fold, and sums up. */
import { join } from 'node:path'
import { ConfigError } from '../../errors.ts'
import type { Fold } from '../../graph/cross-validation.ts'
import { loadBackend } from '../../model/backend.ts'
import { sha256 } from '../../model/manifest.ts'
import { writeSnapshot } from '../../model/snapshot-file.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'
import { evaluationDigest, foldIdentity } from './fold-identity.ts'
import type { FoldOrder } from './fold-messages.ts'
import { knownGraphs } from './known-graphs.ts'
import type { LearnerKind } from './learner.ts'
import { type EvaluationOptions, foldTasks } from './protocol.ts'
import type { Trial } from './search-trials.ts'
import { type EvaluationSummary, summarize } from './summary.ts'
import { type FoldOrders, type TrainedFoldsOptions, trainedFolds } from './trained-folds.ts'

export interface EvaluateOptions extends EvaluationOptions, TrainedFoldsOptions {
  readonly kind: LearnerKind
  /** Settings to choose from on validation data, fold by fold. Default: those of the configuration alone */
  readonly trials?: readonly Trial[] | undefined
  /** Where the records of trainings are kept; a later call goes on from those of the same settings and graphs. */
  readonly folder: string
  /** Folds to use instead of seeded ones. */
  readonly given?: readonly Fold[] | undefined
  /** Whether the summary has the curve of the training part too, for half again as much work. Default: no */
  readonly withTrainingCurve?: boolean | undefined
  /** Time between two savings of a fold, at least; see {@link runFold}. */
  readonly saveEveryMillis?: number | undefined
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
  const { kind, folder, protocol, given, saveEveryMillis, withTrainingCurve = false } = options
  const { trials = [{ parameters: {}, config }] } = options
  if (trials.length > 1 && protocol === 'gin')
    throw new ConfigError(
      'Cannot search by protocol gin: expected validation data to choose settings on, and it has none; use protocol nested',
    )
  const { known, groups } = knownGraphs({ config, graphs })
  const digest = evaluationDigest(known)
  const graphsFile = join(folder, `graphs-${digest.slice(0, digestShown)}.bin`)
  await writeSnapshot(graphsFile, known)
  const { name, tf } = await loadBackend()
  const settings = { kind, withTrainingCurve, backend: `${name} ${tf.version_core}`, graphs: digest }
  const folds = foldTasks(groups, options, given).map((task): FoldOrders => {
    const orders: FoldOrder[] = []
    for (const trial of trials) {
      const rivals = orders.map(({ file, identity }) => ({ file, identity }))
      const identities = rivals.length > 0 ? rivals.map(({ identity }) => identity) : undefined
      const identity = foldIdentity({ ...settings, config: trial.config, task, rivals: identities })
      const file = join(folder, `${kind}-repeat-${task.repeat}-fold-${task.fold}-${identity.slice(0, digestShown)}.bin`)
      const order = { graphsFile, kind, task, config: trial.config, withTrainingCurve, saveEveryMillis }
      orders.push({ ...order, file, identity, rivals })
    }
    return { task, orders }
  })
  const summary = summarize(protocol, await trainedFolds(folds, options), trials)
  const { epochs, patience } = config.training
  const identities = folds.flatMap(({ orders }) => orders.map(({ identity }) => identity))
  return { ...summary, identity: sha256(JSON.stringify([protocol, epochs, patience, identities])) }
}

/** Digits of a digest in the name of a file. */
const digestShown = 16
