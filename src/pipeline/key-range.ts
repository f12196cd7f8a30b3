/** A part of a projection: graphs by a range of their keys. */
import { type Key, keyText } from '../graph/subgraph.ts'

/** Graphs from one key on, up to another and without it; an end that is absent is that of the projection. */
export interface KeyRange {
  readonly from?: Key | undefined
  readonly before?: Key | undefined
}

/** Whether a graph comes before another in the order of the database: numbers by value, text by code points. */
export function comesBefore(key: Key, other: Key): boolean {
  if (typeof key === 'bigint' && typeof other === 'bigint') return key < other
  // The bytes of UTF-8 are in the order of code points; the units of JavaScript's strings are not.
  return Buffer.compare(Buffer.from(keyText(key)), Buffer.from(keyText(other))) < 0
}
