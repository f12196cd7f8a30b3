/** One evaluation of a data set, its records in a folder that goes with it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConnectionSettings } from '../../src/config/load.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { connect } from '../../src/pipeline/connect.ts'
import { openRedisEngine } from '../../src/pipeline/distributed.ts'
import { readDatasetGraphs } from '../../src/pipeline/evaluate/dataset-graphs.ts'
import { evaluate } from '../../src/pipeline/evaluate/evaluate.ts'

export interface EvaluationTask {
  readonly data: string
  readonly folds: number
  readonly epochs: number
  readonly seed: number
  /** Without, two processes do it. */
  readonly redisUrl?: string | undefined
}

export async function evaluateOnce(
  connection: ConnectionSettings,
  { data, folds, epochs, seed, redisUrl }: EvaluationTask,
) {
  const directory = await mkdtemp(join(tmpdir(), 'smg-bench-evaluation-'))
  await using database = await connect({ connection, log: (line) => console.error(line) })
  const engine = redisUrl === undefined ? undefined : await openRedisEngine(database, redisUrl)
  try {
    const labelled = await readDatasetGraphs(data, {
      training: { epochs, patience: epochs, randomSeed: seed },
      evaluation: { protocol: 'gin', validationFolds: folds, concurrency: 2, directory },
    })
    await loadBackend()
    const start = performance.now()
    await evaluate(labelled, { compare: [], search: false, engine })
    return { evaluate_s: (performance.now() - start) / 1000 }
  } finally {
    await engine?.close()
    await rm(directory, { recursive: true, force: true })
  }
}
