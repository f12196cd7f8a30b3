/** The typed catalogue of what reports are made of: counted in the database, whatever the number of graphs. */
import { z } from 'zod'
import type { Nothing } from './catalogue.ts'
import { statement } from './statement.ts'
import { countSchema } from './values.ts'

type OfRun = { readonly graphLabel: string; readonly runIdProperty: string }

export const runOutcomes = statement<
  OfRun & { readonly predictionProperty: string; readonly targetProperty: string },
  { readonly runId: string },
  { prediction: string | null; target: string | null; graphCount: number }
>(
  'run-outcomes',
  'read',
  z.object({ prediction: z.string().nullable(), target: z.string().nullable(), graphCount: countSchema }),
)

export const runValues = statement<
  OfRun & { readonly valueProperty: string },
  {
    readonly runId: string
    readonly low: number | null
    readonly high: number | null
    readonly intervals: bigint
  },
  { low: number; high: number; interval: number; graphCount: number }
>(
  'run-values',
  'read',
  z.object({ low: z.coerce.number(), high: z.coerce.number(), interval: countSchema, graphCount: countSchema }),
)

export interface MaskCount {
  /** From 1. */
  readonly layer: number
  /** From 0, the lowest masks. */
  readonly interval: number
  readonly nodeCount: number
  readonly maskSum: number
}
const maskCount = z.object({
  layer: countSchema,
  interval: countSchema,
  nodeCount: countSchema,
  maskSum: z.coerce.number(),
})
type MaskParams = {
  readonly runId: string
  readonly maskProperties: readonly string[]
  readonly onMemberships: boolean
  readonly intervals: bigint
}
export const runMasks = statement<
  OfRun & { readonly membershipType: string; readonly nodeLabels: readonly string[] },
  MaskParams,
  MaskCount
>('run-masks', 'read', maskCount)
export const madeRunMasks = statement<OfRun, MaskParams & { readonly projection: string }, MaskCount>(
  'made-run-masks',
  'read',
  maskCount,
)

export const showEvaluation = statement<
  Nothing,
  { readonly evaluationId: string },
  { readonly evaluation: Record<string, unknown> }
>('show-evaluation', 'read', z.object({ evaluation: z.record(z.string(), z.unknown()) }))

export const recordReport = statement<
  { readonly label: 'SmgModel' | 'SmgRun' | 'SmgEvaluation' },
  { readonly key: Readonly<Record<string, string>>; readonly report: string },
  { nodeCount: number }
>('record-report', 'write', z.object({ nodeCount: countSchema }))
