/** Trainings as processes are told of them: with the file of the graphs, and that of the record they leave. */
import { join } from 'node:path'
import type { Config } from '../../config/schema.ts'
import { loadBackend } from '../../model/backend.ts'
import { writeSnapshot } from '../../model/snapshot-file.ts'
import type { EvaluationGraphs } from './encode-fold.ts'
import { evaluationDigest, foldIdentity } from './fold-identity.ts'
import type { FoldOrder } from './fold-messages.ts'
import type { LearnerKind } from './learner.ts'
import type { FoldTask } from './protocol.ts'
import type { FoldOrders } from './trained-folds.ts'

/** Graphs as the processes that train read them. */
export interface KeptGraphs {
  readonly file: string
  /** SHA-256 in hexadecimal. */
  readonly digest: string
}

/** Rejects with the error of the file system. @param folder of the records, too */
export async function keepGraphs(known: EvaluationGraphs, folder: string): Promise<KeptGraphs> {
  const digest = evaluationDigest(known)
  const file = join(folder, `graphs-${digest.slice(0, digestShown)}.bin`)
  await writeSnapshot(file, known)
  return { file, digest }
}

export interface FoldOrderOptions {
  readonly kind: LearnerKind
  /** Where the records of trainings are kept; a later call goes on from those of the same settings and graphs. */
  readonly folder: string
  /** Whether outputs for the graphs that are trained on are kept too, for half again as much work. Default: no */
  readonly withTrainingCurve?: boolean | undefined
  /** Time between two savings of a record, at least; see {@link runFold}. */
  readonly saveEveryMillis?: number | undefined
}

/** An order of each task and configuration. @param configs tried on each fold; each is held against those before it */
export async function foldOrders(
  graphs: KeptGraphs,
  configs: readonly Config[],
  tasks: readonly FoldTask[],
  { kind, folder, withTrainingCurve = false, saveEveryMillis }: FoldOrderOptions,
): Promise<FoldOrders[]> {
  const graphsFile = graphs.file
  const { name, tf } = await loadBackend()
  const settings = { kind, withTrainingCurve, backend: `${name} ${tf.version_core}`, graphs: graphs.digest }
  return tasks.map((task) => {
    const orders: FoldOrder[] = []
    for (const config of configs) {
      const rivals = orders.map(({ file, identity }) => ({ file, identity }))
      const identities = rivals.length > 0 ? rivals.map(({ identity }) => identity) : undefined
      const identity = foldIdentity({ ...settings, config, task, rivals: identities })
      const file = join(folder, `${kind}-repeat-${task.repeat}-fold-${task.fold}-${identity.slice(0, digestShown)}.bin`)
      orders.push({ graphsFile, config, kind, withTrainingCurve, task, identity, file, rivals, saveEveryMillis })
    }
    return { task, orders }
  })
}

/** Digits of a digest in the name of a file. */
const digestShown = 16
