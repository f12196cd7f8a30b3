import { describe, expect, it } from 'vitest'
import { graphPages } from '../../src/pipeline/graph-pages.ts'

const graphs = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key }))
const keysOf = (pages: readonly (readonly { readonly key: string }[])[]) =>
  pages.map((page) => page.map(({ key }) => key).join(''))

describe('graphPages()', () => {
  it('holds as many graphs as a page may have', () => {
    const limits = { pageSize: 2, membersPerPage: 100, memberCounts: new Map() }
    expect(keysOf(graphPages(graphs, limits))).toEqual(['ab', 'cd', 'e'])
    expect(graphPages([], limits)).toEqual([])
  })

  it('begins a page where another graph would make it too large, and leaves a graph that is larger alone', () => {
    const memberCounts = new Map([
      ['a', 4],
      ['b', 6],
      ['c', 1],
      ['d', 50],
      ['e', 10],
    ])
    expect(keysOf(graphPages(graphs, { pageSize: 9, membersPerPage: 10, memberCounts }))).toEqual(['ab', 'c', 'd', 'e'])
  })

  it('takes graphs of unknown size for small', () => {
    const limits = { pageSize: 9, membersPerPage: 10, memberCounts: new Map([['c', 10]]) }
    expect(keysOf(graphPages(graphs, limits))).toEqual(['abcde'])
  })
})
