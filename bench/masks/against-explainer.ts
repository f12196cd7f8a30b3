/** GNNExplainer beside it: the Python peer trains its own Soft-Mask GNN on the same graphs, and explains it. */
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { truthFile } from './tu-text.ts'

/** `npm run` starts in the root of the repository. */
const peerScript = join('..', 'shared', 'peers', 'explainer_auc.py')

const resultSchema = z.looseObject({
  seed: z.number(),
  test_accuracy: z.number(),
  mask_auc: z.array(z.number()),
  mask_ms: z.number(),
  gnnexplainer_auc: z.number(),
  gnnexplainer_graphs: z.number(),
  gnnexplainer_ms: z.number(),
})
export type ExplainerResult = z.output<typeof resultSchema>

/**
 * One result for each of the seeds 1, 2, ….
 *
 * @param folder with the TUDataset text and the truth of `name`
 */
export function explainWithPeer(name: string, folder: string, seedCount: number): ExplainerResult[] {
  const python = process.env['PEER_PYTHON']
  if (python === undefined)
    throw new Error("Cannot compare: expected PEER_PYTHON, a python with the peers' packages, got none")
  const args = [
    ...[peerScript, '--data', dirname(folder), '--dataset', name, '--truth', join(folder, truthFile(name))],
    ...['--seeds', `${seedCount}`],
  ]
  const { stdout, stderr, status, error } = spawnSync(python, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (error !== undefined) throw new Error(`Cannot compare: ${error.message}`, { cause: error })
  if (status !== 0) throw new Error(`Cannot compare: ${python} ended with ${status}: ${stderr.slice(-2000)}`)
  return stdout
    .trim()
    .split('\n')
    .map((line) => resultSchema.parse(JSON.parse(line)))
}
