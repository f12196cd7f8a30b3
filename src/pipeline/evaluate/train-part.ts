/** How a worker trains on a fold, with nothing but what it is told and the files that are shared. */
import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SharedFiles } from '../../jobs/shared-files.ts'
import type { PartControl } from '../../jobs/work-engine.ts'
import type { FoldOrder } from './fold-messages.ts'
import type { FoldProcesses } from './fold-processes.ts'
import { type TrainPart, trainPart } from './trained-folds.ts'

export interface TrainPartControl extends PartControl {
  readonly files: SharedFiles
}

const shareEveryMillis = 5_000

/** @param folder of files of the worker, which may be deleted after it has ended */
export async function trainSharedPart(
  { orders }: TrainPart,
  { folder, processes }: { readonly folder: string; readonly processes: FoldProcesses },
  { files, ...control }: TrainPartControl,
): Promise<null> {
  const own = orders.map((order) => movedTo(folder, order))
  const records = own.map(({ file }) => basename(file))
  const graphs = own.map(({ graphsFile }) => basename(graphsFile))
  // From where another worker has left it, if one has.
  for (const name of new Set([...graphs, ...records])) await files.fetch(folder, name)
  const shared = new Map<string, number>()
  const share = async () => {
    for (const name of records) {
      const changedAt = (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs
      if (changedAt === undefined || shared.get(name) === changedAt) continue
      await files.share(folder, name)
      shared.set(name, changedAt)
    }
  }
  const timer = setInterval(() => share().catch(() => undefined), shareEveryMillis)
  try {
    await trainPart({ orders: own }, processes, control)
    await share()
  } finally {
    clearInterval(timer)
    for (const name of records) await rm(join(folder, name), { force: true })
  }
  return null
}

function movedTo(folder: string, order: FoldOrder): FoldOrder {
  const moved = (file: string) => join(folder, basename(file))
  return {
    ...order,
    file: moved(order.file),
    graphsFile: moved(order.graphsFile),
    rivals: order.rivals.map((rival) => ({ ...rival, file: moved(rival.file) })),
  }
}
