/** The `projection` part of the configuration: how graphs are found in the database. */
import { z } from 'zod'
import { name } from './name-schema.ts'

const names = (what: string) => z.array(name(what)).min(1, `at least one ${what} is needed`)

export const orientations = ['NATURAL', 'REVERSE', 'UNDIRECTED'] as const

/** Keys that every kind of projection has. */
const everyProjection = {
  name: name('the projection name').describe('Name of the projection; part of index and catalog names'),
  nodeKey: name('nodeKey').describe('Property of the member that is unique within its graph'),
  orientation: z
    .enum(orientations)
    .default('UNDIRECTED')
    .describe('Direction in which messages pass along relationships, as in GDS'),
}
const graphNode = {
  graphLabel: name('graphLabel').describe('Label of the graph nodes'),
  graphKey: name('graphKey').describe('Property of the graph node that is unique under graphLabel, STRING or INTEGER'),
}
const changedSince = {
  changedSinceProperty: name('changedSinceProperty')
    .optional()
    .describe('ZONED DATETIME of the graph node that you set when its graph changes; later scored graphs are not read'),
}
const members = {
  nodeLabels: names('node label').describe('Labels of the members; a member has at least one of them'),
  relationshipTypes: names('relationship type').describe('Relationship types between members that count as edges'),
}
const query = (what: string) => z.string().regex(/[^\s;]/, `${what} must not be empty`)

const membershipSchema = z
  .strictObject({
    ...everyProjection,
    ...graphNode,
    ...changedSince,
    ...members,
    // Optional, so that a projection without a kind is known to be of this one.
    kind: z
      .literal('membership')
      .optional()
      .default('membership')
      .describe('How graphs are found: (member)-[:TYPE]-(graph node)'),
    membershipType: name('membershipType').describe(
      'Relationship type between member and graph node, either direction',
    ),
    sharedMembers: z
      .boolean()
      .default(false)
      .describe('true: a member may belong to several graphs, and its masks go on the membership relationship'),
  })
  .readonly()

const propertySchema = z
  .strictObject({
    ...everyProjection,
    ...members,
    kind: z.literal('property').describe('A graph for each value of a property: the nodes that share it'),
    groupProperty: name('groupProperty').describe(
      'STRING or INTEGER property whose value the members of a graph share',
    ),
  })
  .readonly()

const neighbourhoodSchema = z
  .strictObject({
    ...everyProjection,
    ...graphNode,
    ...changedSince,
    ...members,
    kind: z.literal('neighbourhood').describe('A graph for each graph node: all that is within some hops of it'),
    hops: z.int().min(1).max(10).default(2).describe('Most relationships between graph node and member'),
    maxNodes: z.int().min(1).max(100_000).default(1000).describe('Members per graph at most; the nearest are taken'),
  })
  .readonly()

const cypherSchema = z
  .strictObject({
    ...everyProjection,
    kind: z.literal('cypher').describe('Graphs, members and relationships by three read-only Cypher statements'),
    graphsQuery: query('graphsQuery').describe('Returns key, unique, and target, where there is one, of every graph'),
    nodesQuery: query('nodesQuery').describe('Sees the key of a graph as key; returns each member as node'),
    relationshipsQuery: query('relationshipsQuery').describe(
      'Sees the key of a graph as key; returns source, target, and type and properties where they are used',
    ),
    graphLabel: graphNode.graphLabel.optional(),
    graphKey: graphNode.graphKey.optional(),
    ...changedSince,
  })
  .refine(({ graphLabel, changedSinceProperty }) => graphLabel !== undefined || changedSinceProperty === undefined, {
    path: ['changedSinceProperty'],
    error: 'expected it together with graphLabel, a property of whose nodes it is; give graphLabel and graphKey too',
  })
  .refine(({ graphLabel, graphKey }) => (graphLabel === undefined) === (graphKey === undefined), {
    error: 'expected graphLabel and graphKey together, got one of them; give both, or none for graph nodes of our own',
  })
  .readonly()

export const projectionKinds = ['membership', 'property', 'neighbourhood', 'cypher'] as const

export const projectionSchema = z.discriminatedUnion(
  'kind',
  [membershipSchema, propertySchema, neighbourhoodSchema, cypherSchema],
  {
    error: ({ code }) =>
      code === 'invalid_union' ? `expected the kind ${projectionKinds.join(', ')}; choose one` : undefined,
  },
)
