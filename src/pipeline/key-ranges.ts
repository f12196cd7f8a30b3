/** Splits a projection, so that several processes can score it. */
import type { Key } from '../graph/subgraph.ts'
import type { KeyRange } from './key-range.ts'
import { graphHeads, type Source } from './source.ts'

export interface CountedRange {
  readonly range: KeyRange
  /** Graphs in it, when it was made. */
  readonly graphCount: number
}

/**
 * Consecutive ranges of `size` graphs as they are now, the last of what is left; a graph that comes later falls into one of them. For
 * an infinite size no graph is read.
 */
export async function keyRanges(source: Source, size: number): Promise<CountedRange[]> {
  const { graphCount } = source.summary
  if (graphCount <= size) return [{ range: {}, graphCount }]
  const starts: Key[] = []
  let count = 0
  for await (const { key } of graphHeads(source)) if (count++ % size === 0 && count > 1) starts.push(key)
  return [undefined, ...starts].map((from, i) => ({
    range: { from, before: starts[i] },
    graphCount: i < starts.length ? size : count - size * starts.length,
  }))
}
