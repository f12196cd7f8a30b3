/** The records of trainings: those that are whole already are read, for the others folds are trained on. */
import { SmgError } from '../../errors.ts'
import type { FoldRecord } from '../../model/fold-record.ts'
import { wholeTraining } from './epoch-choice.ts'
import type { FoldOrder } from './fold-messages.ts'
import { type FoldPoolOptions, trainFolds } from './fold-pool.ts'
import { existingRecord } from './run-fold.ts'
import type { TrainedFold } from './summary.ts'

export interface WholeRecordsOptions extends Pick<FoldPoolOptions, 'processes' | 'signal'> {
  /** Told after each epoch of any of them; `of` is the largest number of epochs of all together. */
  readonly onEpoch?: ((done: number, of: number) => void) | undefined
}

/**
 * In the order of the orders.
 *
 * @throws SourceDataError for a file that is of another evaluation; SmgError or SourceDataError naming the fold that failed;
 * InterruptedError once the signal is aborted
 */
export async function wholeRecords(
  orders: readonly FoldOrder[],
  { onEpoch, ...options }: WholeRecordsOptions,
): Promise<TrainedFold[]> {
  const of = orders.reduce((sum, { config }) => sum + config.training.epochs, 0)
  const epochs = new Map<FoldOrder, number>()
  const tell = (order: FoldOrder, epoch: number) => {
    epochs.set(order, epoch)
    onEpoch?.(
      [...epochs.values()].reduce((sum, count) => sum + count, 0),
      of,
    )
  }
  const missing: FoldOrder[] = []
  for (const order of orders) {
    const record = await wholeRecord(order)
    if (record === null) missing.push(order)
    else tell(order, record.epochs.length)
  }
  await trainFolds(missing, { ...options, onEpoch: tell })
  const trained: TrainedFold[] = []
  for (const order of orders) {
    const record = await wholeRecord(order)
    if (record === null)
      throw new SmgError(`Cannot read ${order.file}: it is gone, or was changed; run the command again`)
    trained.push({ task: order.task, record })
  }
  return trained
}

async function wholeRecord({ file, identity, config }: FoldOrder): Promise<FoldRecord | null> {
  const found = await existingRecord(file, identity)
  return found && wholeTraining(found, config.training)
}
