/** Trainings on folds: those that are over already are read, for the others folds are trained on. */
import { SmgError } from '../../errors.ts'
import { endedTrainings } from './ended-trainings.ts'
import type { FoldOrder } from './fold-messages.ts'
import { type FoldPoolOptions, trainFolds } from './fold-pool.ts'
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

export interface TrainedFoldsOptions extends Pick<FoldPoolOptions, 'processes' | 'signal'> {
  /** Told after each epoch of any of them; `of` is the largest number of epochs of all together. */
  readonly onEpoch?: ((done: number, of: number) => void) | undefined
}

/**
 * In the order of the folds.
 *
 * @throws SmgError or SourceDataError naming the fold that failed; InterruptedError once the signal is aborted
 */
export async function trainedFolds(
  folds: readonly FoldOrders[],
  { onEpoch, ...options }: TrainedFoldsOptions,
): Promise<TrainedFold[]> {
  const all = folds.flatMap(({ orders }) => orders)
  const progress = epochsDone(all, onEpoch)
  const whole = new Map<FoldOrders, readonly EndedTraining[]>()
  const missing: FoldOrder[][] = []
  for (const fold of folds) {
    const { orders } = fold
    const trainings = await endedOf(orders)
    orders.slice(0, trainings.length).forEach(progress.end)
    if (trainings.length < orders.length) missing.push(orders.slice(trainings.length))
    else whole.set(fold, trainings)
  }
  await trainFolds(missing, { ...options, onEpoch: progress.tell, onDone: progress.end })
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

async function endedOf(orders: readonly FoldOrder[]): Promise<readonly EndedTraining[]> {
  const [first] = orders
  return first === undefined ? [] : (await endedTrainings(orders, first.config.training)).trainings
}

/** Tells the sum over all trainings; one that ends early counts as if it had all its epochs. */
function epochsDone(orders: readonly FoldOrder[], onEpoch: TrainedFoldsOptions['onEpoch']) {
  const of = orders.reduce((sum, { config }) => sum + config.training.epochs, 0)
  const epochs = new Map<FoldOrder, number>()
  let done = 0
  const tell = (order: FoldOrder, epoch: number) => {
    done += epoch - (epochs.get(order) ?? 0)
    epochs.set(order, epoch)
    onEpoch?.(done, of)
  }
  return { tell, end: (order: FoldOrder) => tell(order, order.config.training.epochs) }
}
