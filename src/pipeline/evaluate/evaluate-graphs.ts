/** Cross-validation of a model on graphs with a target: trains on every fold, and sums up. */
import { join } from 'node:path'
import { type ClassValue, classesOf } from '../../graph/classes.ts'
import type { Fold } from '../../graph/cross-validation.ts'
import { numericTargets } from '../../graph/numeric-targets.ts'
import type { SubgraphTable } from '../../graph/rows.ts'
import type { Key } from '../../graph/subgraph.ts'
import { loadBackend } from '../../model/backend.ts'
import { writeSnapshot } from '../../model/snapshot-file.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'
import type { EvaluationGraphs } from './encode-fold.ts'
import { evaluationDigest, foldIdentity } from './fold-identity.ts'
import type { FoldOrder } from './fold-messages.ts'
import type { LearnerKind } from './learner.ts'
import { type EvaluationOptions, type FoldTask, foldTasks } from './protocol.ts'
import { type EvaluationSummary, summarize } from './summary.ts'
import { type WholeRecordsOptions, wholeRecords } from './whole-records.ts'

export interface EvaluateOptions extends EvaluationOptions, WholeRecordsOptions {
  readonly kind: LearnerKind
  /** Where the records of the folds are kept; the same call again goes on from them. */
  readonly folder: string
  /** Folds to use instead of seeded ones. */
  readonly given?: readonly Fold[] | undefined
  /** Whether the summary has the curve of the training part too, for half again as much work. Default: no */
  readonly withTrainingCurve?: boolean | undefined
  /** Time between two savings of a fold, at least; see {@link runFold}. */
  readonly saveEveryMillis?: number | undefined
}

/**
 * The same numbers, however often it was ended on the way and called again.
 *
 * @throws SourceDataError naming what is wrong with targets, members or features, or a folder that holds another evaluation;
 * SmgError if a training diverges; InterruptedError once the signal is aborted
 */
export async function evaluateGraphs(
  { config, graphs }: LabelledGraphs,
  options: EvaluateOptions,
): Promise<EvaluationSummary> {
  const {
    kind,
    folder,
    processes,
    protocol,
    signal,
    given,
    saveEveryMillis,
    withTrainingCurve = false,
    onEpoch,
  } = options
  const { known, groups } = knownGraphs({ config, graphs })
  const graphsFile = join(folder, 'graphs.bin')
  await writeSnapshot(graphsFile, known)
  const { name, tf } = await loadBackend()
  const settings = { kind, config, withTrainingCurve, backend: `${name} ${tf.version_core}` }
  const digest = evaluationDigest(known)
  const orders = foldTasks(groups, options, given).map((task): FoldOrder => {
    const identity = foldIdentity({ ...settings, task, graphs: digest })
    return { graphsFile, config, kind, withTrainingCurve, task, identity, file: fileOf(folder, task), saveEveryMillis }
  })
  const records = await wholeRecords(orders, { processes, signal, onEpoch })
  return summarize(protocol, records)
}

function fileOf(folder: string, { repeat, fold }: FoldTask): string {
  return join(folder, `repeat-${repeat}-fold-${fold}.bin`)
}

/** What the targets teach, and the keys by class. */
function knownGraphs({ config, graphs }: LabelledGraphs): { known: EvaluationGraphs; groups: Key[][] } {
  const { targetProperty, model } = config
  const tables = new Map(graphs.map((table) => [table.key, table]))
  if (model.task === 'regression') {
    const numbers = new Map(
      Array.from(numericTargets(graphs, targetProperty), ([key, value]) => [key, [value]] as const),
    )
    return { known: { tables, classes: [], numbers }, groups: [[...tables.keys()]] }
  }
  const classes = classesOf(graphs, targetProperty)
  return { known: { tables, classes, numbers: null }, groups: classes.map((value) => keysOf(graphs, value)) }
}

function keysOf(graphs: readonly SubgraphTable[], value: ClassValue): Key[] {
  return graphs.flatMap(({ key, target }) => (target === value ? key : []))
}
