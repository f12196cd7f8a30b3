/** The typed catalogue of runs and evaluations, as nodes of the database. */
import { z } from 'zod'
import type { Key } from '../config/property-value.ts'
import { type Nothing, nothing, type OfProjection } from './catalogue.ts'
import { statement } from './statement.ts'
import { countSchema, keySchema } from './values.ts'

export const tableRow = z.record(z.string(), z.unknown())

export type CatalogProperties = Readonly<
  Record<string, string | bigint | number | boolean | readonly string[] | readonly number[] | readonly bigint[] | null>
>
export const createRunPartConstraint = statement<Nothing, Nothing, Nothing>(
  'create-run-part-constraint',
  'auto',
  nothing,
)
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
export const showRun = statement<
  Nothing,
  { readonly runId: string },
  { readonly run: Record<string, unknown>; readonly model: string | null; readonly changedGraphs: number }
>('show-run', 'read', z.object({ run: tableRow, model: z.string().nullable(), changedGraphs: countSchema }))
export const runsBetween = statement<
  Nothing,
  { readonly from: string; readonly to: string },
  { runId: string; model: string | null; projection: string; scored: number }
>(
  'runs-between',
  'read',
  z.object({ runId: z.string(), model: z.string().nullable(), projection: z.string(), scored: countSchema }),
)

const numbers = z.array(z.union([z.number(), z.nan()]))
const predictions = z.array(z.union([z.string(), z.number(), z.nan()]))
export const runParts = statement<
  Nothing,
  { readonly runId: string; readonly after: string; readonly limit: bigint },
  RunPart
>(
  'run-parts',
  'read',
  z.object({
    part: z.string(),
    keys: z.array(keySchema),
    predictions,
    probabilities: numbers,
    previousPredictions: predictions,
    previousProbabilities: numbers,
  }),
)
/** Graphs that were written in one transaction of a run, in one order in all lists. What there was not is NaN, or ''. */
export interface RunPart {
  readonly part: string
  readonly keys: readonly Key[]
  readonly predictions: readonly (string | number)[]
  readonly probabilities: readonly number[]
  readonly previousPredictions: readonly (string | number)[]
  readonly previousProbabilities: readonly number[]
}
export const forgetRunParts = statement<
  Nothing,
  { readonly projection: string; readonly kept: bigint },
  { nodeCount: number }
>('forget-run-parts', 'auto', z.object({ nodeCount: countSchema }))
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
