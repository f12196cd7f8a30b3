/** The typed catalogue of what looks at a database that nothing is known of: counts and bounded samples. */
import { z } from 'zod'
import type { PropertyValue } from '../config/property-value.ts'
import type { GraphHead, GraphNames, Nothing } from './catalogue.ts'
import { statement } from './statement.ts'
import { countSchema, keySchema, propertyValueSchema } from './values.ts'

const strings = z.array(z.string())
const count = z.object({ count: countSchema })

export const nodeCount = statement<{ readonly label: string }, Nothing, { count: number }>('node-count', 'read', count)
export const relationshipCount = statement<{ readonly relationshipType: string }, Nothing, { count: number }>(
  'relationship-count',
  'read',
  count,
)

export const membershipCount = statement<
  { readonly graphLabel: string; readonly membershipType: string },
  Nothing,
  { count: number }
>('membership-count', 'read', count)
export const serverSpeed = statement<Nothing, { readonly rows: bigint }, { count: number }>(
  'server-speed',
  'read',
  count,
)

/** Where a sample begins in the order of the store, and how much it takes. */
export type SampleWindow = { readonly skip: bigint; readonly limit: bigint }

export const sampleEnds = statement<
  { readonly relationshipType: string },
  SampleWindow,
  { source: string[]; target: string[] }
>('sample-ends', 'read', z.object({ source: strings, target: strings }))

/** A property of a sampled node or relationship. */
export interface SampledProperty {
  readonly name: string
  /** Long texts and lists are cut short. */
  readonly value: PropertyValue
  /** Length of a list before it was cut, `null` of anything else. */
  readonly size: number | null
}
const properties = z.array(
  z
    .tuple([z.string(), propertyValueSchema, countSchema.nullable()])
    .transform(([name, value, size]): SampledProperty => ({ name, value, size })),
)
/** Characters of a text, and values of a list, that a sample takes. */
export type SampleCuts = { readonly textLimit: bigint; readonly listLimit: bigint }

export interface SampledNode {
  readonly properties: readonly SampledProperty[]
}
export const sampleNodes = statement<{ readonly label: string }, SampleWindow & SampleCuts, SampledNode>(
  'sample-nodes',
  'read',
  z.object({ properties }),
)

/** A relationship from a sampled member to any node. */
export interface SampledRelationship {
  readonly type: string
  readonly targetLabels: readonly string[]
  /** In the same graph, in another one only, or in none. */
  readonly target: 'here' | 'elsewhere' | 'nowhere'
  readonly properties: readonly SampledProperty[]
}
export interface SampledMember extends SampledNode {
  readonly labels: readonly string[]
  /** Number of graphs that it is in; 2 stands for more as well. */
  readonly graphs: number
  readonly relationships: readonly SampledRelationship[]
}
export interface SampledGraph extends SampledNode {
  readonly memberCount: number
  /** At most as many as were asked for. */
  readonly members: readonly SampledMember[]
}
const relationship = z
  .tuple([z.string(), strings, z.enum(['here', 'elsewhere', 'nowhere']), properties])
  .transform(
    ([type, targetLabels, target, all]): SampledRelationship => ({ type, targetLabels, target, properties: all }),
  )
const member = z
  .tuple([strings, properties, countSchema, z.array(relationship)])
  .transform(
    ([labels, all, graphs, relationships]): SampledMember => ({ labels, properties: all, graphs, relationships }),
  )
export const sampleGraphs = statement<
  { readonly graphLabel: string; readonly membershipType: string },
  SampleWindow & SampleCuts & { readonly members: bigint; readonly relationships: bigint },
  SampledGraph
>('sample-graphs', 'read', z.object({ properties, memberCount: countSchema, members: z.array(member) }))

export interface SampledHead extends GraphHead {
  /** Relationships of the membership type. */
  readonly memberships: number
}
export const sampleHeads = statement<
  GraphNames & {
    readonly targetProperty: string
    readonly fingerprintProperty: string
    readonly membershipType: string
  },
  SampleWindow,
  SampledHead
>(
  'sample-heads',
  'read',
  z.object({
    key: keySchema,
    target: propertyValueSchema,
    fingerprint: z.string().nullable().catch(null),
    memberships: countSchema,
  }),
)
