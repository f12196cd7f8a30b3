import { describe, expect, it } from 'vitest'
import { SourceDataError } from '../../src/errors.ts'
import { type SubgraphRows, subgraphFromRows } from '../../src/graph/rows.ts'

const empty: SubgraphRows = { key: 'g1', target: 'ring', members: [], shared: [], relationships: [] }
const pair: SubgraphRows = {
  ...empty,
  members: [
    ['a', [1.5, 'C']],
    ['b', [2.5, null]],
  ],
}

describe('subgraphFromRows()', () => {
  it('makes a directed multigraph of members with their keys and values', () => {
    const relationships: SubgraphRows['relationships'] = [
      ['a', 'b', [0.5, 'PAID']],
      ['a', 'b', [0.5, 'PAID']],
      ['b', 'a', [null, 'OWES']],
      ['b', 'b', [2, 'PAID']],
    ]
    const { key, target, graph } = subgraphFromRows({ ...pair, relationships })
    expect({ key, target }).toEqual({ key: 'g1', target: 'ring' })
    expect(graph.mapNodes((_name, attributes) => attributes)).toEqual([
      { key: 'a', values: [1.5, 'C'] },
      { key: 'b', values: [2.5, null] },
    ])
    expect(graph.mapEdges((_edge, { values }, source, target) => [source, target, values])).toEqual(relationships)
  })

  it('keeps INTEGER keys beyond 2^53 apart', () => {
    const { graph } = subgraphFromRows({
      ...empty,
      members: [
        [9007199254740992n, []],
        [9007199254740993n, []],
      ],
      relationships: [[9007199254740992n, 9007199254740993n, []]],
    })
    expect(graph.nodes()).toEqual(['9007199254740992', '9007199254740993'])
    expect(graph.getNodeAttribute('9007199254740993', 'key')).toBe(9007199254740993n)
    expect(graph.hasDirectedEdge('9007199254740992', '9007199254740993')).toBe(true)
  })

  it.each([
    ['no members', {}, 'Cannot use graph g1: expected members, got none; connect some or delete the graph node'],
    [
      'members of other graphs',
      { members: pair.members, shared: ['b', 7n] },
      'Cannot use graph g1: expected each member in one graph, got members of another graph too: b, 7; take them out of one, or set sharedMembers: true',
    ],
    [
      'a member without a key',
      { members: [[null, []]] },
      "Cannot use graph g1: expected every member's key to be a STRING or INTEGER, got a member without one; choose another nodeKey",
    ],
    [
      'a key that is a FLOAT',
      { members: [[1.5, []]] },
      "Cannot use graph g1: expected every member's key to be a STRING or INTEGER, got 1.5; choose another nodeKey",
    ],
    [
      'the same key twice',
      {
        members: [
          ['a', []],
          ['a', []],
        ],
      },
      'Cannot use graph g1: expected unique member keys, got two members with key a; choose another nodeKey',
    ],
    [
      'keys that differ in their type only',
      {
        members: [
          ['7', []],
          [7n, []],
        ],
      },
      'Cannot use graph g1: expected unique member keys, got two members with key 7; choose another nodeKey',
    ],
  ] satisfies [string, Partial<SubgraphRows>, string][])('refuses %s', (_what, rows, message) => {
    expect(() => subgraphFromRows({ ...empty, ...rows })).toThrow(new SourceDataError(message))
  })
})
