/** Trainings on folds: those that are over already are read, for the others folds are trained on. */
import { basename, dirname } from 'node:path'
import { InterruptedError, SmgError } from '../../errors.ts'
import { inProcessEngine } from '../../jobs/in-process-engine.ts'
import type { Flow, PartControl, WorkEngine } from '../../jobs/work-engine.ts'
import { sha256 } from '../../model/manifest.ts'
import { endedTrainings } from './ended-trainings.ts'
import type { FoldOrder } from './fold-messages.ts'
import { createFoldProcesses, type FoldProcesses } from './fold-processes.ts'
import type { FoldTask } from './protocol.ts'
import type { EndedTraining } from './training-end.ts'

/** Trainings with different settings on one fold, in the order in which each is held against those before it. */
export interface FoldOrders {
  readonly task: FoldTask
  readonly orders: readonly FoldOrder[]
}

export interface TrainedFold {
  readonly task: FoldTask
  /** In the order of the orders. */
  readonly trainings: readonly EndedTraining[]
}

/** What a process is told of a fold. */
export interface TrainPart {
  readonly orders: readonly FoldOrder[]
}

export interface TrainedFoldsOptions {
  /** Does the trainings. Default: processes of this machine */
  readonly engine?: WorkEngine | undefined
  /** Processes of this machine at a time. */
  readonly processes: number
  readonly signal?: AbortSignal | undefined
  /** Told after each epoch of any of them; `of` is the largest number of epochs of all together. */
  readonly onEpoch?: ((done: number, of: number) => void) | undefined
  readonly onNotice?: ((sentence: string) => void) | undefined
}

/**
 * In the order of the folds.
 *
 * @throws SmgError or SourceDataError naming the fold that failed; InterruptedError once the signal is aborted
 */
export async function trainedFolds(
  folds: readonly FoldOrders[],
  { engine, processes, ...options }: TrainedFoldsOptions,
): Promise<TrainedFold[]> {
  const whole = new Map<FoldOrders, readonly EndedTraining[]>()
  const missing: FoldOrders[] = []
  for (const fold of folds) {
    const trainings = await endedOf(fold.orders)
    if (trainings.length < fold.orders.length) missing.push(fold)
    else whole.set(fold, trainings)
  }
  const epochsBefore = [...whole.keys()].reduce((sum, { orders }) => sum + epochsOf(orders), 0)
  if (missing.length > 0) await train(missing, engine ?? inProcessEngine(processes), { ...options, epochsBefore })
  const trained: TrainedFold[] = []
  for (const fold of folds) {
    const { task, orders } = fold
    const trainings = whole.get(fold) ?? (await endedOf(orders))
    const lost = orders[trainings.length]
    if (lost !== undefined)
      throw new SmgError(`Cannot read ${lost.file}: it is gone, or was changed; run the command again`)
    trained.push({ task, trainings })
  }
  return trained
}

async function train(
  missing: readonly FoldOrders[],
  engine: WorkEngine,
  {
    epochsBefore,
    signal,
    onEpoch,
    onNotice,
  }: Omit<TrainedFoldsOptions, 'processes'> & { readonly epochsBefore: number },
): Promise<void> {
  const foldProcesses = createFoldProcesses()
  const all = missing.flatMap(({ orders }) => orders)
  const identity = sha256(JSON.stringify(all.map((order) => [order.identity, order.config.training])))
  const records = all.map(({ file }) => basename(file))
  const flow: Flow<TrainPart, null> = {
    id: identity,
    identity,
    kind: 'train',
    parts: missing.map(({ orders }) => ({ orders })),
    sizeOf: ({ orders }) => epochsOf(orders),
    inProcess: (part, control) => trainPart(part, foldProcesses, control),
    files: {
      folder: dirname(all[0]?.file ?? ''),
      needed: [...new Set(all.map(({ graphsFile }) => basename(graphsFile))), ...records],
      made: records,
    },
  }
  try {
    await engine.run(flow, {
      signal,
      onProgress: (done, of) => onEpoch?.(epochsBefore + done, epochsBefore + of),
      onNotice,
    })
  } catch (thrown) {
    if (!(thrown instanceof InterruptedError)) throw thrown
    throw new InterruptedError('Interrupted while evaluating; the same command goes on where it was', { cause: thrown })
  } finally {
    foldProcesses.close()
  }
}

/** Those of a part that are over already are passed by. */
export async function trainPart(
  { orders }: TrainPart,
  processes: FoldProcesses,
  { signal, onProgress }: PartControl,
): Promise<null> {
  let before = 0
  await processes.train(orders, {
    signal,
    onEpoch: (_order, epoch) => onProgress(before + epoch),
    onDone: ({ config }) => {
      // One that ends early counts as if it had all its epochs.
      before += config.training.epochs
      onProgress(before)
    },
  })
  return null
}

function epochsOf(orders: readonly FoldOrder[]): number {
  return orders.reduce((sum, { config }) => sum + config.training.epochs, 0)
}

async function endedOf(orders: readonly FoldOrder[]): Promise<readonly EndedTraining[]> {
  const [first] = orders
  return first === undefined ? [] : (await endedTrainings(orders, first.config.training)).trainings
}
