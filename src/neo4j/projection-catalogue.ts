/** The typed catalogue of the projections whose memberships we make: by property, by neighbourhood, by Cypher. */
import { z } from 'zod'
import type { Key, PropertyValue } from '../config/property-value.ts'
import {
  type GraphHead,
  type GraphKeysSummary,
  type GraphNames,
  graphKeysSummaryRow,
  type MemberCount,
  memberCountRow,
  type Nothing,
  nothing,
  type RunChanges,
  type ScoreRow,
  type SubgraphRow,
  scoredNode,
  subgraphColumns,
  type TouchParams,
  type WantedProperties,
} from './catalogue.ts'
import { statement, type UserQuery } from './statement.ts'
import { countSchema, keySchema, propertyValueSchema } from './values.ts'

const ids = z.array(z.string())
const keys = z.object({ keys: z.array(keySchema) })
const fingerprint = z.string().nullable().catch(null)

type GroupNames = { readonly nodeLabels: readonly string[]; readonly groupProperty: string }
type WalkNames = {
  readonly nodeLabels: readonly string[]
  readonly nodeKey: string
  readonly relationshipTypes: readonly string[]
}

/** A subgraph with where its members are; they may belong to other graphs as well. */
export interface LocatedRow extends Omit<SubgraphRow, 'shared'> {
  /** Element ids, valid as long as nobody deletes the members. [N] */
  readonly memberIds: readonly string[]
}
const locatedRow = z.object({ ...subgraphColumns, memberIds: ids })

export const propertyKeysSummary = statement<GroupNames, Nothing, GraphKeysSummary>(
  'property-keys-summary',
  'read',
  graphKeysSummaryRow,
)
export const propertyKeyPage = statement<
  { readonly nodeLabel: string; readonly groupProperty: string },
  { readonly from: Key; readonly limit: bigint },
  { key: Key }
>('property-key-page', 'read', z.object({ key: keySchema }))
export const propertyGraphHeads = statement<
  GraphNames & GroupNames & { readonly targetProperty: string; readonly fingerprintProperty: string },
  { readonly keys: readonly Key[]; readonly limit: bigint },
  { key: Key; targets: PropertyValue[]; fingerprint: string | null }
>('property-graph-heads', 'read', z.object({ key: keySchema, targets: z.array(propertyValueSchema), fingerprint }))
export const propertySubgraphs = statement<
  GroupNames & WalkNames,
  { readonly keys: readonly Key[] } & WantedProperties,
  LocatedRow
>('property-subgraphs', 'read', locatedRow)
export const propertyMemberCounts = statement<GroupNames, { readonly keys: readonly Key[] }, MemberCount>(
  'property-member-counts',
  'read',
  memberCountRow,
)
export const propertyExistingKeys = statement<GroupNames, { readonly keys: readonly Key[] }, { keys: Key[] }>(
  'property-existing-keys',
  'read',
  keys,
)

export const neighbourhoodStarts = statement<
  GraphNames & { readonly nodeLabels: readonly string[] },
  { readonly keys: readonly Key[] },
  { key: Key; id: string; isMember: boolean }
>('neighbourhood-starts', 'read', z.object({ key: keySchema, id: z.string(), isMember: z.boolean() }))
export const neighbourhoodHop = statement<
  WalkNames,
  {
    readonly walks: readonly { readonly frontier: readonly string[]; readonly seen: readonly string[] }[]
    readonly limit: bigint
  },
  { found: string[] }
>('neighbourhood-hop', 'read', z.object({ found: ids }))
export const neighbourhoodSubgraphs = statement<
  WalkNames,
  {
    readonly walks: readonly { readonly key: Key; readonly members: readonly string[] }[]
    readonly manyRelationships: bigint
  } & WantedProperties,
  LocatedRow
>('neighbourhood-subgraphs', 'read', locatedRow)

type GraphsQuery = { readonly graphsQuery: UserQuery }
export const explainGraphsQuery = statement<GraphsQuery, Nothing, Nothing>('explain-graphs-query', 'read', nothing)
export const explainSubgraphQuery = statement<
  { readonly subgraphQuery: UserQuery },
  { readonly keys: readonly Key[] },
  Nothing
>('explain-subgraph-query', 'read', nothing)
export const cypherKeysSummary = statement<GraphsQuery, Nothing, GraphKeysSummary>(
  'cypher-keys-summary',
  'read',
  graphKeysSummaryRow,
)
export const cypherGraphPage = statement<
  GraphsQuery & GraphNames & { readonly fingerprintProperty: string },
  { readonly from: Key; readonly limit: bigint } & TouchParams,
  { key: Key; target: PropertyValue; graphNodes: Pick<GraphHead, 'fingerprint' | 'touched' | 'strayType'>[] }
>(
  'cypher-graph-page',
  'read',
  z.object({
    key: keySchema,
    target: propertyValueSchema.optional().transform((target) => target ?? null),
    graphNodes: z.array(z.object(scoredNode)),
  }),
)
export const cypherExistingKeys = statement<GraphsQuery, { readonly keys: readonly Key[] }, { keys: Key[] }>(
  'cypher-existing-keys',
  'read',
  keys,
)
export const cypherSubgraphs = statement<
  {
    readonly nodesQuery: UserQuery
    readonly relationshipsQuery: UserQuery
    readonly nodeKey: string
    readonly typeColumn: string
    readonly propertiesColumn: string
  },
  { readonly keys: readonly Key[] } & WantedProperties,
  CypherSubgraphRow
>(
  'cypher-subgraphs',
  'read',
  z.object({
    key: keySchema,
    members: subgraphColumns.members,
    memberIds: ids,
    memberColumns: subgraphColumns.memberColumns,
    strayTypes: z.array(z.string()),
    sourceIds: z.array(z.string().nullable()),
    targetIds: z.array(z.string().nullable()),
    relationshipColumns: subgraphColumns.relationshipColumns,
  }),
)
/** A subgraph as the user's statements return it. */
export interface CypherSubgraphRow extends Omit<LocatedRow, 'sources' | 'targets'> {
  /** Types of up to five values that are returned as nodes, and are none. */
  readonly strayTypes: readonly string[]
  /** Of the ends of each relationship; `null` for what is no node. */
  readonly sourceIds: readonly (string | null)[]
  readonly targetIds: readonly (string | null)[]
}

const formerCount = z.object({ formerCount: countSchema })
export const writeMadeScores = statement<
  GraphNames & { readonly nodeKey: string; readonly fingerprintProperty: string },
  {
    readonly projection: string
    readonly makesGraphNodes: boolean
    readonly groupProperty: string | null
    readonly nodeLabels: readonly string[]
    readonly rows: readonly MadeScoreRow[]
    readonly scoredAtProperty: string
    readonly scoredAt: string
    readonly maskPattern: string
    readonly maskProperties: readonly string[]
    readonly surplusMaskProperties: readonly string[]
    readonly membershipMaskProperties: readonly string[]
    readonly surplusMembershipMaskProperties: readonly string[]
    readonly changes: RunChanges
  },
  { keys: Key[]; nodeCount: number; formerCount: number; changesSet: number }
>(
  'write-made-scores',
  'write',
  z.object({
    keys: z.array(keySchema),
    nodeCount: countSchema,
    formerCount: countSchema,
    changesSet: countSchema,
  }),
)
export interface MadeScoreRow extends ScoreRow {
  /** Element ids of the members. [N] */
  readonly memberIds: readonly string[]
}

export const strayGraphs = statement<
  { readonly graphLabel: string },
  { readonly projection: string },
  { ids: string[] }
>('stray-graphs', 'read', z.object({ ids }))
export const writtenGraphs = statement<
  GraphNames & { readonly runIdProperty: string },
  {
    readonly projection: string
    readonly makesGraphNodes: boolean
    readonly from: Key
    readonly limit: bigint
  },
  { key: Key; id: string }
>('written-graphs', 'read', z.object({ key: keySchema, id: z.string() }))
export type RetractedGraphNames = { readonly runIdProperty: string; readonly fingerprintProperty: string }
export type RetractedGraphs = {
  readonly projection: string
  readonly ids: readonly string[]
  readonly masksOnMembers: boolean
  readonly maskPattern: string
  readonly propertyPattern: string
}
export const retractGraphs = statement<RetractedGraphNames, RetractedGraphs, { formerCount: number }>(
  'retract-graphs',
  'write',
  formerCount,
)
export const createGraphConstraint = statement<Nothing, Nothing, Nothing>('create-graph-constraint', 'auto', nothing)
export const removeMadeMemberships = statement<Nothing, Nothing, { relationshipCount: number }>(
  'remove-made-memberships',
  'auto',
  z.object({ relationshipCount: countSchema }),
)
