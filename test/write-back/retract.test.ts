import { describe, expect, it } from 'vitest'
import { mayHaveLeft } from '../../src/write-back/retract.ts'

const finished = { runCount: 3, status: 'FINISHED', graphCount: 12 }
const unchanged = { graphCount: 12, added: 0, changed: 0, failed: 0 }

describe('mayHaveLeft()', () => {
  it('is false where nothing has been written yet', () => {
    const found = { graphCount: 12, added: 12, changed: 0, failed: 0 }
    expect(mayHaveLeft({ runCount: 0, status: null, graphCount: null }, found)).toBe(false)
  })

  it('is false where all graphs are the unchanged ones of the last run', () => {
    expect(mayHaveLeft(finished, unchanged)).toBe(false)
  })

  it.each([
    ['a graph is changed', finished, { ...unchanged, changed: 1 }],
    ['a graph is new, which may stand for one that is gone', finished, { ...unchanged, added: 1 }],
    ['a graph is gone', finished, { ...unchanged, graphCount: 11 }],
    ['a graph could not be looked at', finished, { ...unchanged, failed: 1 }],
    ['the last run did not come to its end', { ...finished, status: 'FAILED' }, unchanged],
    ['the last run was killed', { ...finished, status: 'RUNNING', graphCount: null }, unchanged],
    ['only other projections have runs', { runCount: 3, status: null, graphCount: null }, unchanged],
  ])('is true where %s', (_what, last, found) => {
    expect(mayHaveLeft(last, found)).toBe(true)
  })
})
