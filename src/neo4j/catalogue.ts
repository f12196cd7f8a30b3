/** The typed catalogue: every statement of `cypher/` with its identifiers, parameters and rows. */
import { z } from 'zod'
import type { Key, PropertyValue } from '../config/property-value.ts'
import { statement } from './statement.ts'
import { countSchema, keySchema, propertyColumnSchema, propertyValueSchema } from './values.ts'

/** No identifiers, parameters or rows. */
export type Nothing = Readonly<Record<never, never>>
export const nothing = z.unknown().transform((): Nothing => ({}))
const strings = z.array(z.string())
const nodeCount = z.object({ nodeCount: countSchema })
export const memberCountRow = z.object({ key: keySchema, memberCount: countSchema })
export type MemberCount = z.output<typeof memberCountRow>

/** Identifiers of the graph nodes of a projection. */
export type GraphNames = { readonly graphLabel: string; readonly graphKey: string }
/** Identifiers of the members of a projection. */
export type MemberNames = {
  readonly membershipType: string
  readonly nodeLabels: readonly string[]
  readonly nodeKey: string
}

export const schemaNames = statement<
  Nothing,
  Nothing,
  { labels: string[]; relationshipTypes: string[]; propertyKeys: string[] }
>('schema-names', 'read', z.object({ labels: strings, relationshipTypes: strings, propertyKeys: strings }))

export const graphKeysSummaryRow = z.object({
  graphCount: countSchema,
  withoutKey: countSchema,
  keyTypes: strings,
  duplicates: z.array(propertyValueSchema),
  firstKey: propertyValueSchema,
})
export const graphKeysSummary = statement<GraphNames, Nothing, GraphKeysSummary>(
  'graph-keys-summary',
  'read',
  graphKeysSummaryRow,
)
export interface GraphKeysSummary {
  readonly graphCount: number
  readonly withoutKey: number
  readonly keyTypes: readonly string[]
  readonly duplicates: readonly PropertyValue[]
  readonly firstKey: PropertyValue
}

/** By which a graph node tells whether its graph has changed since it was scored. */
export type TouchParams = { readonly changedSinceProperty: string | null; readonly scoredAtProperty: string }
/** What the last scoring left on a graph node, and whether it has been touched since. */
export const scoredNode = {
  fingerprint: z.string().nullable().catch(null),
  touched: z.boolean().nullable(),
  strayType: z.string().nullable(),
}
export const graphPage = statement<
  GraphNames & { readonly targetProperty: string; readonly fingerprintProperty: string },
  { readonly from: Key; readonly limit: bigint } & TouchParams,
  GraphHead
>('graph-page', 'read', z.object({ key: keySchema, target: propertyValueSchema, ...scoredNode }))
/** What is known of a graph before its members are read. */
export interface GraphHead {
  readonly key: Key
  readonly target: PropertyValue
  /** Fingerprint that the last scoring left, `null` if never scored. */
  readonly fingerprint: string | null
  /** Whether its changedSinceProperty is not before the last scoring; `null` or absent: not known. */
  readonly touched?: boolean | null | undefined
  /** Type of a changedSinceProperty that is no ZONED DATETIME. */
  readonly strayType?: string | null | undefined
  /** Why it cannot be used, where that is known already. */
  readonly problem?: string | undefined
}

/** What is read of members and relationships besides their keys. */
export type WantedProperties = {
  /** Of members. */
  readonly properties: readonly string[]
  /** Factor of a relationship; `null`: none */
  readonly weightProperty: string | null
  readonly withType: boolean
  /** Of relationships. */
  readonly relationshipProperties: readonly string[]
}
/** Columns of a subgraph, but for `shared`. */
export const subgraphColumns = {
  key: keySchema,
  members: propertyColumnSchema,
  memberColumns: z.array(propertyColumnSchema),
  sources: propertyColumnSchema,
  targets: propertyColumnSchema,
  relationshipColumns: z.array(propertyColumnSchema),
}
export const readSubgraphs = statement<
  GraphNames & MemberNames & { readonly relationshipTypes: readonly string[] },
  { readonly keys: readonly Key[]; readonly sharedMembers: boolean } & WantedProperties,
  SubgraphRow
>('read-subgraphs', 'read', z.object({ ...subgraphColumns, shared: propertyColumnSchema }))
/** Members and relationships of one graph, as the database has them: N members, E relationships. */
export interface SubgraphRow {
  readonly key: Key
  /** Keys, ascending. [N] */
  readonly members: readonly PropertyValue[]
  /** Values of each wanted property. [P][N] */
  readonly memberColumns: readonly (readonly PropertyValue[])[]
  /** Up to five members that belong to another graph as well, where that is not wanted. */
  readonly shared: readonly PropertyValue[]
  /** Keys of the members that each relationship leads from, and to. [E] */
  readonly sources: readonly PropertyValue[]
  readonly targets: readonly PropertyValue[]
  /** Values of each relationship: weight, type, features, those that are wanted. [Q][E] */
  readonly relationshipColumns: readonly (readonly PropertyValue[])[]
}

export const memberCounts = statement<
  GraphNames & { readonly membershipType: string },
  { readonly keys: readonly Key[] },
  MemberCount
>('member-counts', 'read', memberCountRow)

export const writeScores = statement<
  GraphNames & MemberNames & MaskedNames,
  {
    readonly rows: readonly ScoreRow[]
    readonly scoredAtProperty: string
    readonly scoredAt: string
    readonly maskProperties: readonly string[]
    readonly surplusMaskProperties: readonly string[]
    readonly membershipMaskProperties: readonly string[]
    readonly surplusMembershipMaskProperties: readonly string[]
    readonly maskPattern: string
    readonly changes: RunChanges
  },
  { keys: Key[]; nodeCount: number; changesSet: number }
>('write-scores', 'write', z.object({ keys: z.array(keySchema), nodeCount: countSchema, changesSet: countSchema }))
/** Which part of a run the graphs of a transaction are, and how to tell what was there before. */
export type RunChanges = {
  readonly runId: string
  /** Unique in the run. */
  readonly part: string
  readonly predictionProperty: string
  readonly probabilityProperty: string
  /** As valueType() says it. */
  readonly predictionType: string
  /** In place of a prediction or probability that there was not. */
  readonly noPrediction: string | number
  readonly noProbability: number
}
export interface ScoreRow {
  readonly key: Key
  readonly properties: Readonly<Record<string, string | number | readonly number[]>>
  /** Properties that are taken away: those that this kind of score does not have. */
  readonly absent: readonly string[]
  /** Keys of the members that were scored, ascending. [N] */
  readonly members: readonly Key[]
  /** Values of each mask property. [P][N] */
  readonly masks: readonly (readonly (number | readonly number[])[])[]
}

/** By which properties scored graphs, and members with masks, are told. */
export type MaskedNames = { readonly firstMaskProperty: string; readonly fingerprintProperty: string }
/** By which properties and labels members with masks are found. */
export type MaskedMembers = Omit<MemberNames, 'nodeKey'> & {
  readonly graphLabel: string
  readonly firstMaskProperty: string
  readonly runIdProperty: string
}
export type Fingerprinted = { readonly fingerprintProperty: string }
export type OfProjection = { readonly projection: string }
export type Retracting = OfProjection & { readonly maskPattern: string; readonly propertyPattern: string }
export const retractMasks = statement<MaskedMembers & Fingerprinted, Retracting, { nodeCount: number }>(
  'retract-masks',
  'auto',
  nodeCount,
)
export const retractMembershipMasks = statement<MaskedMembers, Retracting, { nodeCount: number }>(
  'retract-membership-masks',
  'auto',
  nodeCount,
)

export const createUniqueKey = statement<
  { readonly constraint: string; readonly label: string; readonly key: string },
  Nothing,
  Nothing
>('create-unique-key', 'auto', nothing)
export const createKeyIndex = statement<GraphNames & { readonly index: string }, Nothing, Nothing>(
  'create-key-index',
  'auto',
  nothing,
)
export const createVectorIndex = statement<
  { readonly index: string; readonly graphLabel: string; readonly embeddingProperty: string },
  { readonly dimensions: bigint },
  Nothing
>('create-vector-index', 'auto', nothing)
export const dropIndex = statement<{ readonly index: string }, Nothing, Nothing>('drop-index', 'auto', nothing)
export const dropConstraint = statement<{ readonly constraint: string }, Nothing, Nothing>(
  'drop-constraint',
  'auto',
  nothing,
)
export const awaitIndexes = statement<Nothing, { readonly seconds: bigint }, Nothing>('await-indexes', 'auto', nothing)

export const indexes = statement<Nothing, Nothing, IndexRow>(
  'indexes',
  'auto',
  z.object({
    name: z.string(),
    type: z.string(),
    state: z.string(),
    labels: strings,
    properties: strings,
    owningConstraint: z.string().nullable(),
    dimensions: countSchema.nullable(),
  }),
)
export interface IndexRow {
  readonly name: string
  readonly type: string
  /** ONLINE once the server has filled it. */
  readonly state: string
  readonly labels: readonly string[]
  readonly properties: readonly string[]
  readonly owningConstraint: string | null
  /** Of a vector index. */
  readonly dimensions: number | null
}
export const constraints = statement<Nothing, Nothing, { name: string }>(
  'constraints',
  'auto',
  z.object({ name: z.string() }),
)

export const ping = statement<Nothing, Nothing, Nothing>('ping', 'read', nothing)
export const writeCheck = statement<Nothing, Nothing, Nothing>('write-check', 'write', nothing)
export const removeProperties = statement<MaskedNames, { readonly propertyPattern: string }, { nodeCount: number }>(
  'remove-properties',
  'auto',
  nodeCount,
)
export const removeMembershipMasks = statement<
  { readonly firstMaskProperty: string },
  { readonly maskPattern: string },
  { relationshipCount: number }
>('remove-membership-masks', 'auto', z.object({ relationshipCount: countSchema }))
export const removeCatalog = statement<Nothing, Nothing, { nodeCount: number }>('remove-catalog', 'auto', nodeCount)

/** A whole graph to create; relationships name their ends by position in `members`. */
export interface NewGraph {
  readonly properties: Readonly<Record<string, unknown>>
  readonly members: readonly Readonly<Record<string, unknown>>[]
  readonly relationships: readonly (readonly [bigint, bigint, Readonly<Record<string, unknown>>])[]
}
export const createGraphs = statement<
  {
    readonly graphLabel: string
    readonly commonLabel: string
    readonly nodeLabel: string
    readonly membershipType: string
    readonly relationshipType: string
  },
  { readonly graphs: readonly NewGraph[] },
  { graphCount: number; nodeCount: number; relationshipCount: number }
>(
  'create-graphs',
  'write',
  z.object({ graphCount: countSchema, nodeCount: countSchema, relationshipCount: countSchema }),
)
export const existingGraphKeys = statement<GraphNames, { readonly keys: readonly Key[] }, { keys: Key[] }>(
  'existing-graph-keys',
  'read',
  z.object({ keys: z.array(keySchema) }),
)
