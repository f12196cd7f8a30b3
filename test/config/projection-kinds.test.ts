import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/load.ts'
import { ConfigError } from '../../src/errors.ts'

const every = { name: 'cases', nodeKey: 'accountId' }
const members = { nodeLabels: ['Account'], relationshipTypes: ['PAID'] }
const graphNode = { graphLabel: 'Case', graphKey: 'caseId' }
const queries = { graphsQuery: 'RETURN 1 AS key', nodesQuery: 'MATCH (node)', relationshipsQuery: 'MATCH (source)' }
const kinds: Record<string, object> = {
  membership: { kind: 'membership', ...every, ...members, ...graphNode, membershipType: 'MEMBER_OF' },
  property: { kind: 'property', ...every, ...members, groupProperty: 'communityId' },
  neighbourhood: { kind: 'neighbourhood', ...every, ...members, ...graphNode },
  cypher: { kind: 'cypher', ...every, ...queries },
}
const projectionOf = (projection: unknown) => parseConfig({ projection, targetProperty: 'y' }, 'file').projection
const refusalOf = (projection: unknown) => () => projectionOf(projection)

describe('the kinds of projections', () => {
  it.each([
    ['membership', { sharedMembers: false }],
    ['property', {}],
    ['neighbourhood', { hops: 2, maxNodes: 1000 }],
    ['cypher', {}],
  ])('%s has its own defaults', (kind, defaults) => {
    expect(projectionOf(kinds[kind])).toEqual({ ...kinds[kind], orientation: 'UNDIRECTED', ...defaults })
  })

  it.each([
    ['property', 'groupProprty', 'groupProperty'],
    ['neighbourhood', 'maxNode', 'maxNodes'],
    ['cypher', 'nodeQuery', 'nodesQuery'],
    ['membership', 'sharedMember', 'sharedMembers'],
  ])('%s suggests its own keys: %s', (kind, key, nearest) => {
    expect(refusalOf({ ...kinds[kind], [key]: 1 })).toThrow(
      new ConfigError(`Cannot use the configuration file: unknown key projection.${key}; did you mean '${nearest}'?`),
    )
  })

  it('refuse what another kind has, and other kinds', () => {
    expect(refusalOf({ ...kinds['property'], maxNodes: 10 })).toThrow('unknown key projection.maxNodes')
    expect(refusalOf({ ...kinds['property'], kind: 'proprty' })).toThrow(
      new ConfigError(
        'Cannot use the configuration file: projection.kind: expected the kind membership, property, neighbourhood, cypher; choose one',
      ),
    )
  })

  it.each([{ hops: 0 }, { hops: 11 }, { maxNodes: 0 }, { maxNodes: 100_001 }])('refuse %o', (changes) => {
    expect(refusalOf({ ...kinds['neighbourhood'], ...changes })).toThrow(`projection.${Object.keys(changes)[0]}: `)
  })

  it('want all of a statement, and both names of a graph node or none', () => {
    expect(refusalOf({ ...kinds['cypher'], nodesQuery: ' ;\n' })).toThrow('nodesQuery must not be empty')
    expect(refusalOf({ ...kinds['cypher'], graphLabel: 'Case' })).toThrow(
      'projection: expected graphLabel and graphKey together, got one of them; give both, or none for graph nodes of our own',
    )
    expect(projectionOf({ ...kinds['cypher'], ...graphNode })).toMatchObject(graphNode)
  })
})
