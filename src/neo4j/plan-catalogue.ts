/** The typed catalogue of what a dry run asks: what a sync would find, make and take away. */
import { z } from 'zod'
import type { Key } from '../config/property-value.ts'
import type { Fingerprinted, GraphNames, MaskedMembers, MaskedNames, MemberNames, Retracting } from './catalogue.ts'
import type { RetractedGraphNames, RetractedGraphs } from './projection-catalogue.ts'
import { statement } from './statement.ts'
import { countSchema } from './values.ts'

/** Of what something is counted, and which property, '' where it is about nodes or relationships. */
export interface PlanRow {
  readonly place: 'graphNode' | 'member' | 'membership' | 'kept' | 'former' | 'missing' | 'made'
  readonly property: string
  readonly count: number
}
const planRow = z.object({
  place: z.enum(['graphNode', 'member', 'membership', 'kept', 'former', 'missing', 'made']),
  property: z.string(),
  count: countSchema,
})

type TakenAway = {
  readonly absentProperties: readonly string[]
  readonly surplusMaskProperties: readonly string[]
  readonly surplusMembershipMaskProperties: readonly string[]
  readonly maskPattern: string
}
export const planScores = statement<
  GraphNames & Omit<MemberNames, 'nodeKey'> & MaskedNames,
  { readonly keys: readonly Key[] } & TakenAway,
  PlanRow
>('plan-scores', 'read', planRow)
export interface PlanGraphRow {
  readonly key: Key
  readonly memberIds: readonly string[]
  /** Those whose masks are looked at: of a member of several graphs, with the first of them. */
  readonly newMemberIds: readonly string[]
}
export const planMadeScores = statement<
  GraphNames & { readonly fingerprintProperty: string },
  {
    readonly projection: string
    readonly makesGraphNodes: boolean
    readonly groupProperty: string | null
    readonly nodeLabels: readonly string[]
    readonly rows: readonly PlanGraphRow[]
    readonly masksOnMembers: boolean
  } & TakenAway,
  PlanRow
>('plan-made-scores', 'read', planRow)
export const retractableMasks = statement<MaskedMembers & Fingerprinted, Retracting, PlanRow>(
  'retractable-masks',
  'read',
  planRow,
)
export const retractableMembershipMasks = statement<MaskedMembers, Retracting, PlanRow>(
  'retractable-membership-masks',
  'read',
  planRow,
)
export const retractableGraphs = statement<RetractedGraphNames, RetractedGraphs, PlanRow>(
  'retractable-graphs',
  'read',
  planRow,
)
