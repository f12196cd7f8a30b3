/** The catalog nodes of projections, runs and evaluations: what was scored with which configuration, how it ended, how good models are. */

import type { Database } from '../neo4j/database.ts'
import { findProjection } from '../neo4j/job-catalogue.ts'
import { failAbandonedRuns } from '../neo4j/lock-catalogue.ts'
import { createProjectionConstraint, saveProjection } from '../neo4j/model-catalogue.ts'
import {
  createEvaluationConstraint,
  createRunConstraint,
  createRunPartConstraint,
  type EvaluationRow,
  finishRun,
  forgetRunParts,
  type LastRun,
  lastRun,
  saveEvaluation,
  startRun,
} from '../neo4j/run-catalogue.ts'

export interface ProjectionRecord {
  readonly name: string
  readonly kind: string
  /** JSON, without address and credentials. */
  readonly config: string
  /** ISO 8601 */
  readonly savedAt: string
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

/** Keeps the configuration of a projection, for jobs that name it; where it is there already nothing is written. */
export async function recordProjection(database: Database, projection: ProjectionRecord): Promise<void> {
  const [stored] = await database.run(findProjection, {}, { name: projection.name })
  if (stored?.config === projection.config) return
  await database.run(createProjectionConstraint, {}, {})
  await database.run(saveProjection, {}, { ...projection })
}

export async function recordRunStart(database: Database, run: RunRecord): Promise<void> {
  await database.run(createRunConstraint, {}, {})
  await database.run(createRunPartConstraint, {}, {})
  await database.run(startRun, {}, { ...run })
}

export async function recordRunEnd(database: Database, runId: string, outcome: RunOutcome): Promise<void> {
  const { status, finishedAt, properties } = outcome
  await database.run(finishRun, {}, { runId, status, finishedAt, properties })
}

/** Keeps the changes of the newest `kept` runs of a projection, and those of no other. */
export async function forgetChanges(database: Database, projection: string, kept: number): Promise<void> {
  await database.run(forgetRunParts, {}, { projection, kept: BigInt(kept) })
}

/** What the catalog says of the last run of a projection. */
export async function findLastRun(database: Database, projection: string): Promise<LastRun> {
  const [row] = await database.run(lastRun, {}, { projection })
  return row ?? { runCount: 0, status: null, graphCount: null }
}

/**
 * Ends the runs of a projection that a dead process or a lost server left RUNNING, and gives their ids; `runId` is that of the lock's
 * holder.
 */
export async function recordAbandonedRuns(
  database: Database,
  {
    projection,
    runId,
    finishedAt,
  }: { readonly projection: string; readonly runId: string; readonly finishedAt: string },
): Promise<string[]> {
  const error = 'its process ended before it could say how'
  const abandoned = await database.run(failAbandonedRuns, {}, { projection, runId, finishedAt, error })
  return abandoned.map((run) => run.runId)
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
