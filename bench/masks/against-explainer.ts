/** GNNExplainer beside it: the Python peer trains its own Soft-Mask GNN on the same graphs, and explains it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
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

export interface PeerOptions {
  /** With the TUDataset text and the truth of the data set. */
  readonly folder: string
  readonly seedCount: number
  /** Graphs that are explained for each seed, at most. */
  readonly explain: number
  /** Told of each seed as soon as it is done: a peer that explains takes long. */
  readonly log: (line: string) => void
}

/** One result for each of the seeds 1, 2, …. */
export async function explainWithPeer(
  name: string,
  { folder, seedCount, explain, log }: PeerOptions,
): Promise<ExplainerResult[]> {
  const python = process.env['PEER_PYTHON']
  if (python === undefined)
    throw new Error("Cannot compare: expected PEER_PYTHON, a python with the peers' packages, got none")
  const args = [
    ...[peerScript, '--data', dirname(folder), '--dataset', name, '--truth', join(folder, truthFile(name))],
    ...['--seeds', `${seedCount}`, '--explain', `${explain}`],
  ]
  const child = spawn(python, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  const results: ExplainerResult[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    log(line)
    results.push(resultSchema.parse(JSON.parse(line)))
  }
  await ended
  if (child.exitCode !== 0) throw new Error(`Cannot compare: ${python} ended with ${child.exitCode}`)
  return results
}
