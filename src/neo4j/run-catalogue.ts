/** The typed catalogue of models, runs and evaluations, as nodes of the database. */
import { z } from 'zod'
import { type Nothing, nothing, type OfProjection } from './catalogue.ts'
import { statement } from './statement.ts'
import { countSchema } from './values.ts'

const tableRow = z.record(z.string(), z.unknown())

type CatalogProperties = Readonly<
  Record<string, string | bigint | number | boolean | readonly string[] | readonly number[] | null>
>
export const createModelConstraint = statement<Nothing, Nothing, Nothing>('create-model-constraint', 'auto', nothing)
export const createRunConstraint = statement<Nothing, Nothing, Nothing>('create-run-constraint', 'auto', nothing)
export const lastRun = statement<Nothing, OfProjection, LastRun>(
  'last-run',
  'read',
  z.object({ runCount: countSchema, status: z.string().nullable(), graphCount: countSchema.nullable() }),
)
export interface LastRun {
  /** Of all projections. */
  readonly runCount: number
  /** Of the last run of the projection, `null` where there is none. */
  readonly status: string | null
  /** Graphs of the projection at its end. */
  readonly graphCount: number | null
}

export const saveModelNode = statement<
  Nothing,
  {
    readonly name: string
    readonly version: string
    readonly properties: CatalogProperties
    readonly trainedAt: string
  },
  Nothing
>('save-model', 'write', nothing)
export const startRun = statement<
  Nothing,
  {
    readonly runId: string
    readonly projection: string
    readonly modelName: string
    readonly modelVersion: string
    readonly startedAt: string
    readonly properties: CatalogProperties
  },
  Nothing
>('start-run', 'write', nothing)
export const finishRun = statement<
  Nothing,
  {
    readonly runId: string
    readonly status: 'FINISHED' | 'FAILED' | 'CANCELED'
    readonly finishedAt: string
    readonly properties: CatalogProperties
  },
  Nothing
>('finish-run', 'write', nothing)
export const latestModelVersion = statement<Nothing, { readonly name: string }, { version: number }>(
  'latest-model-version',
  'read',
  z.object({ version: countSchema }),
)
export const listModels = statement<Nothing, Nothing, Record<string, unknown>>('list-models', 'read', tableRow)
export const listRuns = statement<Nothing, Nothing, Record<string, unknown>>('list-runs', 'read', tableRow)
export const createEvaluationConstraint = statement<Nothing, Nothing, Nothing>(
  'create-evaluation-constraint',
  'auto',
  nothing,
)
/** What an evaluation says of one model. */
export interface EvaluationRow {
  readonly learner: string
  readonly properties: CatalogProperties
}
export const saveEvaluation = statement<
  Nothing,
  { readonly evaluationId: string; readonly finishedAt: string; readonly models: readonly EvaluationRow[] },
  Nothing
>('save-evaluation', 'write', nothing)
export const listEvaluations = statement<Nothing, Nothing, Record<string, unknown>>(
  'list-evaluations',
  'read',
  tableRow,
)
