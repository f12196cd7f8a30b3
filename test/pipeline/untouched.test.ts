import { describe, expect, it } from 'vitest'
import type { SubgraphTable } from '../../src/graph/rows.ts'
import { storedFingerprints } from '../../src/pipeline/stored-fingerprints.ts'
import { untouchedGraphs } from '../../src/pipeline/untouched.ts'

const table: SubgraphTable = {
  key: 'g',
  target: null,
  members: ['a'],
  memberColumns: [],
  sources: new Int32Array(),
  targets: new Int32Array(),
  relationshipColumns: [],
}
const onMembers = storedFingerprints('model 1', false)
const onMemberships = storedFingerprints('model 1', true)

describe('storedFingerprints()', () => {
  it('tells where the masks are, then the context, then the graph', () => {
    expect(onMembers.of(table)).toMatch(/^[0-9a-f]{12}:[0-9a-f]{12}:[0-9a-f]{64}$/)
    expect(onMemberships.of(table)).toBe(`shared:${onMembers.of(table)}`)
  })

  it('knows its own, and which masks are elsewhere', () => {
    const stored = onMembers.of(table)
    expect(onMembers.isOfContext(stored)).toBe(true)
    expect(onMemberships.isOfContext(stored)).toBe(false)
    expect(storedFingerprints('model 2', false).isOfContext(stored)).toBe(false)
    const grown = { ...table, members: ['a', 'b'], memberColumns: [] }
    expect(onMembers.hasSameMembers(stored, onMemberships.of(table))).toBe(true)
    expect(onMembers.hasSameMembers(stored, onMembers.of(grown))).toBe(false)
    expect([onMembers.isStray(stored), onMemberships.isStray(stored)]).toEqual([false, true])
  })
})

describe('untouchedGraphs()', () => {
  const fingerprint = onMembers.of(table)
  const head = { key: 'g', target: null, fingerprint, touched: false }

  it.each([
    ['untouched', head, false],
    ['touched', { ...head, touched: true }, true],
    ['not known to be either', { ...head, touched: null }, true],
    ['never scored', { ...head, fingerprint: null }, true],
    ['scored by another model', { ...head, fingerprint: storedFingerprints('model 2', false).of(table) }, true],
    ['not usable, which is to be said', { ...head, problem: 'Cannot use graph g' }, true],
  ])('of a graph that is %s', (_what, given, isRead) => {
    const graphs = untouchedGraphs(onMembers)
    expect(graphs.isRead(given)).toBe(isRead)
    expect(graphs.found().untouched).toBe(isRead ? 0 : 1)
  })
})
