/** The program of a process that trains on folds, one after the other, until the process that started it is gone. */
import { messageOf } from '../../errors.ts'
import { loadBackend } from '../../model/backend.ts'
import { readOwnSnapshot } from '../../model/snapshot-file.ts'
import type { EvaluationGraphs } from './encode-fold.ts'
import type { FoldOrder, FoldReport } from './fold-messages.ts'
import { runFold } from './run-fold.ts'

// Several processes make more of the processors than the threads of one: its tensors are small.
for (const name of ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS']) process.env[name] ??= '1'

const report = (message: FoldReport) => process.send?.(message)

let read: { readonly file: string; readonly graphs: EvaluationGraphs } | undefined

async function graphsIn(file: string): Promise<EvaluationGraphs> {
  if (read?.file !== file) read = { file, graphs: await readOwnSnapshot(file) }
  return read.graphs
}

process.on('message', async ({ graphsFile, ...order }: FoldOrder) => {
  try {
    await loadBackend()
    await runFold({
      ...order,
      graphs: await graphsIn(graphsFile),
      onEpoch: (epoch) => report({ kind: 'epoch', epoch }),
    })
    report({ kind: 'done' })
  } catch (thrown) {
    report({ kind: 'failed', name: thrown instanceof Error ? thrown.name : '', message: messageOf(thrown) })
  }
})
process.on('disconnect', () => process.exit())
