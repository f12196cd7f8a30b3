import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintsOf } from '../../src/graph/fingerprint.ts'
import { subgraphTable } from '../../src/graph/rows.ts'
import type { Key, PropertyValue } from '../../src/graph/subgraph.ts'

interface Rows {
  readonly members: readonly (readonly [Key, readonly PropertyValue[]])[]
  readonly relationships: readonly (readonly [Key, Key, (readonly PropertyValue[])?])[]
}

function fingerprint({ members, relationships }: Rows, context = 'model', part: 'graph' | 'members' = 'graph'): string {
  const columns = (rows: readonly (readonly PropertyValue[])[]) =>
    (rows[0] ?? []).map((_, position) => rows.map((row) => row[position] ?? null))
  return fingerprintsOf(
    subgraphTable({
      key: 'g',
      target: null,
      members: members.map(([key]) => key),
      memberColumns: columns(members.map(([, row]) => row)),
      shared: [],
      sources: relationships.map(([source]) => source),
      targets: relationships.map(([, target]) => target),
      relationshipColumns: columns(relationships.map(([, , row = []]) => row)),
    }),
    context,
  )[part]
}

/** Texts that look like the parts of others, to find where one value runs into the next. */
const texts = fc.string({ unit: fc.constantFrom('s', '1', ':', ';', 'a', 'l', '\n'), maxLength: 6 })
const scalars = fc.oneof(
  texts,
  fc.bigInt(-3n, 3n),
  fc.double({ noNaN: true, min: -2, max: 2 }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom({ type: 'DATE' }, { type: 'POINT' }),
)
const values: fc.Arbitrary<PropertyValue> = fc.oneof(scalars, fc.array(scalars, { maxLength: 3 }))
const keys = fc.oneof(texts, fc.bigInt(0n, 9n))

/** Graphs of 1 to 5 members with two values each. */
const rows: fc.Arbitrary<Rows> = fc
  .uniqueArray(keys, { minLength: 1, maxLength: 5, selector: String })
  .chain((names) => {
    const ends = fc.constantFrom(...names)
    return fc.record({
      members: fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), fc.tuple(values, values)))),
      relationships: fc.array(fc.tuple(ends, ends), { maxLength: 8 }),
    })
  })

/** The same rows, in an order that does not depend on how they came. */
function normalForm({ members, relationships }: Rows): string {
  const text = (value: unknown) =>
    JSON.stringify(value, (_name, part) => (typeof part === 'bigint' ? { integer: String(part) } : part))
  return text([
    members.map(text).sort(),
    // Ends are named by the text of their key, which is unique in a graph.
    relationships.map((ends) => text(ends.map(String))).sort(),
  ])
}

describe('fingerprintsOf()', () => {
  it('is a SHA-256 in hexadecimal', () => {
    expect(fingerprint({ members: [['a', []]], relationships: [] })).toMatch(/^[0-9a-f]{64}$/)
  })

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (graph, random) => {
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((item) => ({ item, at: random.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item)
        const other = { members: shuffled(graph.members), relationships: shuffled(graph.relationships) }
        expect(fingerprint(other)).toBe(fingerprint(graph))
      }),
    )
  })

  it('is equal for equal graphs only', () => {
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        expect(fingerprint(one) === fingerprint(other)).toBe(normalForm(one) === normalForm(other))
      }),
      { numRuns: 500 },
    )
  })

  it('differs where one value, key or relationship is another', () => {
    fc.assert(
      fc.property(rows, values, values, keys, (graph, first, second, key) => {
        const [[oldKey, oldValues], ...rest] = graph.members as [[Key, readonly PropertyValue[]], ...Rows['members']]
        const changes: Rows[] = [
          { ...graph, members: [[oldKey, [first, second]], ...rest] },
          { ...graph, relationships: graph.relationships.slice(1) },
          { ...graph, relationships: [...graph.relationships, [oldKey, oldKey]] },
          { ...graph, relationships: graph.relationships.map(([a, b]) => [b, a]) },
        ]
        if (!graph.members.some(([name]) => String(name) === String(key)))
          changes.push({
            members: [[key, oldValues], ...rest],
            relationships: graph.relationships.map(([a, b]) => [a === oldKey ? key : a, b === oldKey ? key : b]),
          })
        for (const changed of changes)
          expect(fingerprint(changed) === fingerprint(graph)).toBe(normalForm(changed) === normalForm(graph))
      }),
    )
  })

  it.each<[string, Rows['members'], Rows['members']]>([
    ['texts that are cut elsewhere', [['x', ['a', 'bc']]], [['x', ['ab', 'c']]]],
    ['a text and its number', [['x', ['1']]], [['x', [1n]]]],
    ['an INTEGER and a FLOAT', [['x', [1n]]], [['x', [1]]]],
    ['no value and no text', [['x', [null]]], [['x', ['']]]],
    ['true and false', [['x', [true]]], [['x', [false]]]],
    ['a list and its elements', [['x', [['a', 'b']]]], [['x', ['a', 'b']]]],
    ['nested lists', [['x', [['a'], []]]], [['x', [[], ['a']]]]],
    ['a key of text and of number', [['7', []]], [[7n, []]]],
    [
      'a value that looks like the next key',
      [
        ['x', ['s1:y;']],
        ['y', []],
      ],
      [
        ['x', []],
        ['y', ['s1:y;']],
      ],
    ],
  ])('tells apart %s', (_what, one, other) => {
    expect(fingerprint({ members: one, relationships: [] })).not.toBe(
      fingerprint({ members: other, relationships: [] }),
    )
  })

  it('differs for another model', () => {
    const graph: Rows = { members: [['a', []]], relationships: [] }
    expect(fingerprint(graph, 'model 1')).not.toBe(fingerprint(graph, 'model 2'))
  })

  it('has a part that differs exactly where the member keys do', () => {
    const ofMembers = (graph: Rows) => fingerprint(graph, 'model', 'members')
    const keysOf = ({ members }: Rows) => normalForm({ members: members.map(([key]) => [key, []]), relationships: [] })
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        expect(ofMembers(one) === ofMembers(other)).toBe(keysOf(one) === keysOf(other))
        expect(ofMembers({ members: one.members.toReversed(), relationships: [] })).toBe(ofMembers(one))
      }),
    )
  })
})
