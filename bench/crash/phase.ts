/** What a running sync is doing, as the server and its progress lines tell. */
import type { Database } from '../../src/neo4j/database.ts'
import { isWhole } from '../../src/pipeline/current-model.ts'
import { storedVersions } from '../../src/write-back/model-store.ts'
import type { Client } from './client.ts'
import { crashModelName } from './graphs.ts'

/** In the order in which a sync that trains goes through them; `start` is all before it holds the lock. */
export const phases = ['start', 'read', 'train', 'score', 'write'] as const
export type Phase = (typeof phases)[number]

export interface Observation {
  readonly phase: Phase
  /** `null` until it holds the lock. */
  readonly runId: string | null
}

export interface ObservedRun {
  readonly client: Client
  /** Version of the model that it is to train; `null` where it scores with the one that there is. */
  readonly newVersion: number | null
}

/** `write` is while the server runs a transaction of scores; `score` also when pages are read meanwhile. */
export async function observe(database: Database, run: ObservedRun): Promise<Observation> {
  const { rows } = await database.query(
    "SHOW TRANSACTIONS YIELD metaData WHERE metaData.app = 'smg' RETURN metaData.statement",
    {},
  )
  const statements = rows.map(([statement]) => statement)
  const [[owner] = [null]] = (
    await database.query('MATCH (l:SmgLock) WHERE l.pid = $pid RETURN l.owner', { pid: BigInt(run.client.pid) })
  ).rows
  const runId = owner === null ? null : String(owner)
  if (runId === null) return { phase: 'start', runId }
  if (statements.includes('write-scores')) return { phase: 'write', runId }
  if (run.newVersion === null || (await savedVersions(database)).includes(run.newVersion))
    return { phase: 'score', runId }
  // The line comes when the first epoch is done.
  return { phase: run.client.hasSaid('Reading:') ? 'train' : 'read', runId }
}

/** Versions of the model that are whole, ascending. */
export async function savedVersions(database: Database): Promise<number[]> {
  return (await storedVersions(database, crashModelName)).filter(isWhole).map(({ version }) => Number(version))
}
