import { describe, expect, it } from 'vitest'
import { SourceDataError } from '../../src/errors.ts'
import { encodeGraph } from '../../src/graph/encode.ts'
import type { FeatureSchema } from '../../src/graph/feature-schema.ts'
import { graphOfTable, type SubgraphRows, subgraphFromTable, subgraphTable } from '../../src/graph/rows.ts'

const empty: SubgraphRows = {
  key: 'g1',
  target: 'ring',
  members: [],
  memberColumns: [],
  shared: [],
  sources: [],
  targets: [],
  relationshipColumns: [],
}
const pair: SubgraphRows = {
  ...empty,
  members: ['a', 'b'],
  memberColumns: [
    [1.5, 2.5],
    ['C', null],
  ],
}

describe('subgraphTable()', () => {
  it('names the ends of relationships by position', () => {
    const { sources, targets } = subgraphTable({ ...pair, sources: ['a', 'b', 'b'], targets: ['b', 'a', 'b'] })
    expect([Array.from(sources), Array.from(targets)]).toEqual([
      [0, 1, 1],
      [1, 0, 1],
    ])
  })

  it('keeps INTEGER keys beyond 2^53 apart', () => {
    const members = [9007199254740992n, 9007199254740993n]
    const { sources, targets } = subgraphTable({
      ...empty,
      members,
      sources: [9007199254740992n],
      targets: [9007199254740993n],
    })
    expect([sources[0], targets[0]]).toEqual([0, 1])
  })

  it.each([
    ['no members', {}, 'Cannot use graph g1: expected members, got none; connect some or delete the graph node'],
    [
      'members of other graphs',
      { ...pair, shared: ['b', 7n] },
      'Cannot use graph g1: expected each member in one graph, got members of another graph too: b, 7; take them out of one, or set sharedMembers: true',
    ],
    [
      'a member without a key',
      { members: ['a', null] },
      "Cannot use graph g1: expected every member's key to be a STRING or INTEGER, got a member without one; choose another nodeKey",
    ],
    [
      'a key that is a FLOAT',
      { members: [1.5] },
      "Cannot use graph g1: expected every member's key to be a STRING or INTEGER, got 1.5; choose another nodeKey",
    ],
    [
      'the same key twice',
      { members: ['a', 'a'] },
      'Cannot use graph g1: expected unique member keys, got two members with key a; choose another nodeKey',
    ],
    [
      'keys that differ in their type only',
      { members: ['7', 7n] },
      'Cannot use graph g1: expected unique member keys, got two members with key 7; choose another nodeKey',
    ],
    [
      'a relationship that leads elsewhere',
      { ...pair, sources: ['a'], targets: ['c'] },
      'Cannot use graph g1: expected relationships between its members, got one with another end; run the command again if the graph is being changed',
    ],
  ] satisfies [string, Partial<SubgraphRows>, string][])('refuses %s', (_what, rows, message) => {
    expect(() => subgraphTable({ ...empty, ...rows })).toThrow(new SourceDataError(message))
  })
})

describe('subgraphFromTable()', () => {
  it('makes a directed multigraph of members with their keys and values', () => {
    const { key, target, graph } = subgraphFromTable(
      subgraphTable({
        ...pair,
        sources: ['a', 'a', 'b', 'b'],
        targets: ['b', 'b', 'a', 'b'],
        relationshipColumns: [
          [0.5, 0.5, null, 2],
          ['PAID', 'PAID', 'OWES', 'PAID'],
        ],
      }),
    )
    expect({ key, target }).toEqual({ key: 'g1', target: 'ring' })
    expect(graph.mapNodes((_name, attributes) => attributes)).toEqual([
      { key: 'a', values: [1.5, 'C'] },
      { key: 'b', values: [2.5, null] },
    ])
    expect(graph.mapEdges((_edge, { values }, source, target) => [source, target, values])).toEqual([
      ['a', 'b', [0.5, 'PAID']],
      ['a', 'b', [0.5, 'PAID']],
      ['b', 'a', [null, 'OWES']],
      ['b', 'b', [2, 'PAID']],
    ])
  })
})

describe('graphOfTable()', () => {
  it.each(['NATURAL', 'REVERSE', 'UNDIRECTED'] as const)(
    'is encoded %s as the graphology graph of the same table is, with parallel edges and self-loops',
    (orientation) => {
      const table = subgraphTable({
        ...pair,
        memberColumns: [[1.5, 2.5]],
        sources: ['a', 'a', 'b', 'b'],
        targets: ['b', 'b', 'a', 'b'],
        relationshipColumns: [[0.5, 0.25, 1, 2]],
      })
      const schema: FeatureSchema = {
        featureCount: 1,
        groups: [{ kind: 'none', property: 'charge', list: false, length: 1 }],
      }
      const options = { orientation, edgeSchema: { weight: 'amount', type: null, features: [] } }
      const encoded = encodeGraph(graphOfTable(table), schema, options)
      expect(encoded.encoded.edgeWeight?.length).toBeGreaterThan(0)
      expect(encoded).toEqual(encodeGraph(subgraphFromTable(table), schema, options))
    },
  )
})
