/** The catalog nodes of models, runs and evaluations: what was trained, what was scored with it, how it ended, how good models are. */

import type { Database } from '../neo4j/database.ts'
import { failAbandonedRuns } from '../neo4j/lock-catalogue.ts'
import {
  createEvaluationConstraint,
  createModelConstraint,
  createRunConstraint,
  type EvaluationRow,
  finishRun,
  type LastRun,
  lastRun,
  latestModelVersion,
  saveEvaluation,
  saveModelNode,
  startRun,
} from '../neo4j/run-catalogue.ts'

/** A model as the catalog shows it; numbers are FLOAT, bigints INTEGER. */
export interface ModelRecord {
  readonly name: string
  readonly version: string
  /** ISO 8601 */
  readonly trainedAt: string
  readonly properties: Readonly<Record<string, string | bigint | number | boolean | readonly string[] | null>>
}

export interface RunRecord {
  readonly runId: string
  readonly projection: string
  readonly modelName: string
  readonly modelVersion: string
  /** ISO 8601 */
  readonly startedAt: string
  readonly properties: Readonly<Record<string, number | bigint | string | readonly number[]>>
}

export interface RunOutcome {
  readonly status: 'FINISHED' | 'FAILED' | 'CANCELED'
  /** ISO 8601 */
  readonly finishedAt: string
  readonly properties: Readonly<Record<string, string | bigint | number | null>>
}

export async function recordModel(database: Database, model: ModelRecord): Promise<void> {
  await database.run(createModelConstraint, {}, {})
  const { name, version, properties, trainedAt } = model
  await database.run(saveModelNode, {}, { name, version, properties, trainedAt })
}

/** Highest version of a model in the catalog, 0 if it has none. */
export async function latestCatalogVersion(database: Database, name: string): Promise<number> {
  const [row] = await database.run(latestModelVersion, {}, { name })
  return row?.version ?? 0
}

export async function recordRunStart(database: Database, run: RunRecord): Promise<void> {
  await database.run(createRunConstraint, {}, {})
  await database.run(startRun, {}, { ...run })
}

export async function recordRunEnd(database: Database, runId: string, outcome: RunOutcome): Promise<void> {
  const { status, finishedAt, properties } = outcome
  await database.run(finishRun, {}, { runId, status, finishedAt, properties })
}

/** What the catalog says of the last run of a projection. */
export async function findLastRun(database: Database, projection: string): Promise<LastRun> {
  const [row] = await database.run(lastRun, {}, { projection })
  return row ?? { runCount: 0, status: null, graphCount: null }
}

/** Ends the runs of a projection that a dead process or a lost server left RUNNING; `runId` is that of the lock's holder. */
export async function recordAbandonedRuns(
  database: Database,
  {
    projection,
    runId,
    finishedAt,
  }: { readonly projection: string; readonly runId: string; readonly finishedAt: string },
): Promise<void> {
  const error = 'its process ended before it could say how'
  await database.run(failAbandonedRuns, {}, { projection, runId, finishedAt, error })
}

export interface EvaluationRecord {
  /** An evaluation with the same one replaces it. */
  readonly evaluationId: string
  /** ISO 8601 */
  readonly finishedAt: string
  readonly models: readonly EvaluationRow[]
}

export async function recordEvaluation(database: Database, evaluation: EvaluationRecord): Promise<void> {
  await database.run(createEvaluationConstraint, {}, {})
  const { evaluationId, finishedAt, models } = evaluation
  await database.run(saveEvaluation, {}, { evaluationId, finishedAt, models })
}
