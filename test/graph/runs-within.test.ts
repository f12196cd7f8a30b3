import { describe, expect, it } from 'vitest'
import { runsWithin } from '../../src/graph/runs-within.ts'

const graphs = ['a', 'b', 'c', 'd', 'e']

/** Runs of at most `count` graphs and ten members. */
function runs(count: number, memberCounts: Readonly<Record<string, number>>, some = graphs): string[] {
  const sizes = [{ of: (key: string) => memberCounts[key] ?? 0, limit: 10 }]
  return Array.from(runsWithin(some, { count, sizes }), (run) => run.join(''))
}

describe('runsWithin()', () => {
  it('holds as many graphs as a run may have', () => {
    expect(runs(2, {})).toEqual(['ab', 'cd', 'e'])
    expect(runs(2, {}, [])).toEqual([])
  })

  it('begins a run where another graph would make it too large, and leaves a graph that is larger alone', () => {
    expect(runs(9, { a: 4, b: 6, c: 1, d: 50, e: 10 })).toEqual(['ab', 'c', 'd', 'e'])
  })

  it('takes graphs of unknown size for small', () => {
    expect(runs(9, { c: 10 })).toEqual(['abcde'])
  })
})
