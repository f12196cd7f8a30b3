import { describe, expect, it } from 'vitest'
import { mayHaveLeft } from '../../src/write-back/retract.ts'

const finished = { runCount: 3, status: 'FINISHED', graphCount: 12 }
const unchanged = { graphCount: 12, added: 0, withOtherMembers: 0, failed: 0 }

describe('mayHaveLeft()', () => {
  it('is false where nothing has been written yet', () => {
    expect(mayHaveLeft({ runCount: 0, status: null, graphCount: null }, { ...unchanged, added: 12 })).toBe(false)
  })

  it('is false where the graphs of the last run are all there, with the same members, and others beside them', () => {
    expect(mayHaveLeft(finished, unchanged)).toBe(false)
    expect(mayHaveLeft(finished, { ...unchanged, graphCount: 15, added: 3 })).toBe(false)
  })

  it.each([
    ['a graph has other members', finished, { ...unchanged, withOtherMembers: 1 }],
    ['a graph is gone', finished, { ...unchanged, graphCount: 11 }],
    ['a graph is gone, and another one new', finished, { ...unchanged, added: 1 }],
    ['a graph could not be looked at', finished, { ...unchanged, failed: 1 }],
    ['the last run did not come to its end', { ...finished, status: 'FAILED' }, unchanged],
    ['the last run was killed', { ...finished, status: 'RUNNING', graphCount: null }, unchanged],
    ['only other projections have runs', { runCount: 3, status: null, graphCount: null }, unchanged],
  ])('is true where %s', (_what, last, found) => {
    expect(mayHaveLeft(last, found)).toBe(true)
  })
})
