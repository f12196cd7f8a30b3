/** Cross-validation of a model on graphs with a target: trains on every fold, and sums up. */
import { join } from 'node:path'
import { SmgError } from '../../errors.ts'
import { type ClassValue, classesOf } from '../../graph/classes.ts'
import type { Fold } from '../../graph/cross-validation.ts'
import { numericTargets } from '../../graph/numeric-targets.ts'
import type { SubgraphTable } from '../../graph/rows.ts'
import type { Key } from '../../graph/subgraph.ts'
import { foldRecordSchema } from '../../model/fold-record.ts'
import { readSnapshot, writeSnapshot } from '../../model/snapshot-file.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'
import type { EvaluationGraphs } from './encode-fold.ts'
import { trainFolds } from './fold-pool.ts'
import type { LearnerKind } from './learner.ts'
import { type EvaluationOptions, type FoldTask, foldTasks } from './protocol.ts'
import { type EvaluationSummary, summarize, type TrainedFold } from './summary.ts'

export interface EvaluateOptions extends EvaluationOptions {
  readonly kind: LearnerKind
  /** Where the records of the folds are kept; the same call again goes on from them. */
  readonly folder: string
  /** Trainings at a time, each in a process of its own. */
  readonly processes: number
  /** Folds to use instead of seeded ones. */
  readonly given?: readonly Fold[] | undefined
  readonly signal?: AbortSignal | undefined
  /** Time between two savings of a fold, at least; see {@link runFold}. */
  readonly saveEveryMillis?: number | undefined
  /** Told after each epoch of any fold; `of` is the largest number of epochs of all folds together. */
  readonly onEpoch?: ((done: number, of: number) => void) | undefined
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
  const { folder, processes, protocol, signal, given, saveEveryMillis } = options
  const { known, groups } = knownGraphs({ config, graphs })
  const tasks = foldTasks(groups, options, given)
  const graphsFile = join(folder, 'graphs.bin')
  await writeSnapshot(graphsFile, known)
  const orders = tasks.map((task) => ({
    graphsFile,
    config,
    kind: options.kind,
    task,
    file: fileOf(folder, task),
    saveEveryMillis,
  }))
  const epochs = new Map(orders.map(({ file }) => [file, 0]))
  await trainFolds(orders, {
    processes,
    signal,
    onEpoch: ({ file }, epoch) => {
      epochs.set(file, epoch)
      const done = [...epochs.values()].reduce((sum, count) => sum + count, 0)
      options.onEpoch?.(done, orders.length * config.training.epochs)
    },
  })
  const trained: TrainedFold[] = []
  for (const { task, file } of orders) trained.push({ task, record: await wholeRecord(file) })
  return summarize(protocol, trained)
}

function fileOf(folder: string, { repeat, fold }: FoldTask): string {
  return join(folder, `repeat-${repeat}-fold-${fold}.bin`)
}

async function wholeRecord(file: string) {
  const { data } = foldRecordSchema.safeParse(await readSnapshot(file))
  if (data === undefined || data.learner !== null)
    throw new SmgError(`Cannot read ${file}: expected the record of a whole training; run the command again`)
  return data
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
