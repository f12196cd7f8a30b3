/** The typed catalogue of what is read of one scored graph: with the graph node locked, or not. */
import { z } from 'zod'
import type { PropertyValue } from '../config/property-value.ts'
import type { GraphNames, MemberNames } from './catalogue.ts'
import { type Statement, statement } from './statement.ts'
import { propertyValueSchema } from './values.ts'

export interface GraphMasksRow {
  graph: Record<string, unknown>
  /** Node key, properties, those of the membership, and labels. */
  members: [PropertyValue, Record<string, unknown>, Record<string, unknown>, string[]][]
}

const properties = z.record(z.string(), z.unknown())
const row = z.object({
  graph: properties,
  members: z.array(z.tuple([propertyValueSchema, properties, properties, z.array(z.string())])),
})

type OfGraph = Statement<GraphNames & MemberNames, { readonly key: string }, GraphMasksRow>
type OfMadeGraph = Statement<
  GraphNames & Pick<MemberNames, 'nodeKey'>,
  { readonly projection: string; readonly key: string },
  GraphMasksRow
>

export const graphMasks: OfGraph = statement('graph-masks', 'read', row)
export const lockedGraphMasks: OfGraph = statement('locked-graph-masks', 'write', row)
export const madeGraphMasks: OfMadeGraph = statement('made-graph-masks', 'read', row)
export const lockedMadeGraphMasks: OfMadeGraph = statement('locked-made-graph-masks', 'write', row)

export interface ScoredGraphRow {
  /** As text. */
  readonly key: string
  readonly prediction: string | number
  /** `null` for a regression. */
  readonly probability: number | null
  readonly target: unknown
}
export const listScoredGraphs = statement<
  GraphNames & {
    readonly predictionProperty: string
    readonly probabilityProperty: string
    readonly targetProperty: string
  },
  {
    readonly search: string
    readonly prediction: string | null
    readonly minProbability: number
    readonly maxProbability: number
    readonly disagreeing: boolean
    readonly skip: bigint
    readonly limit: bigint
  },
  ScoredGraphRow
>(
  'list-scored-graphs',
  'read',
  z.object({
    key: z.string(),
    prediction: z.union([z.string(), z.number()]),
    probability: z.number().nullable(),
    target: z.unknown(),
  }),
)
