/** Packed edges of some consecutive graphs, and the step that sorts them and drops duplicates and self-loops. */

/**
 * Edge records side by side in one buffer. A record is `slots` units of 8 bytes: source and target as int32, then
 * `slots - 1` float64 values (labels, then attributes). `ends` and `values` are two views of the same bytes.
 */
export interface EdgeRecords {
  readonly slots: number
  readonly count: number
  /** Record i: source at 2 · slots · i, target behind it. Node ids from 1. */
  readonly ends: Int32Array
  /** Record i: values from slots · i + 1. */
  readonly values: Float64Array
}

export interface SettledEdges {
  /** Distinct directed edges in ascending (source, target, values) order. */
  readonly records: EdgeRecords
  readonly duplicateEdges: number
  readonly selfLoops: number
  /** Nodes of the range without an edge. */
  readonly isolatedNodes: number
  /** Whether each edge has its reverse, with the same values. */
  readonly symmetric: boolean
}

/** `firstNode` is the lowest node id that may occur, `nodeCount` the length of the range. */
export interface NodeRange {
  readonly firstNode: number
  readonly nodeCount: number
}

/** @param buffer whole records */
export function edgeRecords(buffer: ArrayBuffer, slots: number): EdgeRecords {
  const count = buffer.byteLength / (8 * slots)
  return { slots, count, ends: new Int32Array(buffer), values: new Float64Array(buffer) }
}

/** Sorts, drops duplicates and self-loops, and looks for the reverse of each edge. Time and memory O(edges + nodes). */
export function settleEdges(edges: EdgeRecords, range: NodeRange): SettledEdges {
  const proper = withoutSelfLoops(edges)
  const sorted = sortBy(sortBy(proper, edges, 1, range), edges, 0, range)
  const kept = distinct(sorted, edges)
  const records = gathered(kept, edges)
  return {
    records,
    duplicateEdges: proper.length - kept.length,
    selfLoops: edges.count - proper.length,
    isolatedNodes: countIsolated(records, range),
    symmetric: isSymmetric(records, range),
  }
}

function withoutSelfLoops({ ends, slots, count }: EdgeRecords): Int32Array {
  const kept = new Int32Array(count)
  let length = 0
  for (let record = 0; record < count; record++) {
    const at = 2 * slots * record
    if (ends[at] !== ends[at + 1]) kept[length++] = record
  }
  return kept.subarray(0, length)
}

/** Stable counting sort of record numbers by source (`end` 0) or target (`end` 1). */
function sortBy(order: Int32Array, edges: EdgeRecords, end: 0 | 1, range: NodeRange): Int32Array {
  const { ends, slots } = edges
  const places = new Int32Array(range.nodeCount + 1)
  const keyOf = (record: number): number => (ends[2 * slots * record + end] ?? 0) - range.firstNode
  for (const record of order) bump(places, keyOf(record) + 1)
  for (let node = 1; node <= range.nodeCount; node++) places[node] = (places[node] ?? 0) + (places[node - 1] ?? 0)
  const sorted = new Int32Array(order.length)
  for (const record of order) sorted[bump(places, keyOf(record))] = record
  return sorted
}

/** Adds one to an element and gives the value before. */
function bump(counts: Int32Array, index: number): number {
  const before = counts[index] ?? 0
  counts[index] = before + 1
  return before
}

/** The first record of each run of equal edges; parallel edges with other values are put into value order and kept. */
function distinct(sorted: Int32Array, edges: EdgeRecords): Int32Array {
  const kept = new Int32Array(sorted.length)
  let length = 0
  for (let start = 0, next = 0; start < sorted.length; start = next) {
    for (next = start + 1; next < sorted.length && sameEnds(edges, sorted[start], sorted[next]); ) next++
    if (next === start + 1) {
      kept[length++] = sorted[start] ?? 0
      continue
    }
    const run = sorted.subarray(start, next)
    if (edges.slots > 1) run.sort((a, b) => compareValues(edges, a, b) || a - b)
    for (const [position, record] of run.entries())
      if (position === 0 || compareValues(edges, run[position - 1] ?? 0, record) !== 0) kept[length++] = record
  }
  return kept.subarray(0, length)
}

function sameEnds({ ends, slots }: EdgeRecords, a = 0, b = 0): boolean {
  const atA = 2 * slots * a
  const atB = 2 * slots * b
  return ends[atA] === ends[atB] && ends[atA + 1] === ends[atB + 1]
}

function compareValues({ values, slots }: EdgeRecords, a: number, b: number): number {
  for (let slot = 1; slot < slots; slot++) {
    const difference = (values[slots * a + slot] ?? 0) - (values[slots * b + slot] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function gathered(order: Int32Array, { slots, values }: EdgeRecords): EdgeRecords {
  const result = edgeRecords(new ArrayBuffer(order.length * slots * 8), slots)
  const from = new BigInt64Array(values.buffer)
  const to = new BigInt64Array(result.values.buffer)
  let at = 0
  for (const record of order) for (let slot = 0; slot < slots; slot++) to[at++] = from[slots * record + slot] ?? 0n
  return result
}

function countIsolated({ ends, slots, count }: EdgeRecords, range: NodeRange): number {
  const touched = new Uint8Array(range.nodeCount)
  for (let record = 0; record < count; record++) {
    const at = 2 * slots * record
    touched[(ends[at] ?? 0) - range.firstNode] = 1
    touched[(ends[at + 1] ?? 0) - range.firstNode] = 1
  }
  return touched.reduce((isolated, mark) => isolated - mark, range.nodeCount)
}

/**
 * Walks the sorted edges (s, t) with a cursor into the edges that start at each node. Sources arrive in ascending order,
 * and so do the targets behind each cursor: all have a reverse exactly if the cursor of t always stands at (t, s).
 */
function isSymmetric(edges: EdgeRecords, range: NodeRange): boolean {
  const { ends, slots, count } = edges
  const cursors = new Int32Array(range.nodeCount)
  for (let record = count - 1; record >= 0; record--)
    cursors[(ends[2 * slots * record] ?? 0) - range.firstNode] = record
  for (let record = 0; record < count; record++) {
    const at = 2 * slots * record
    const [source, target] = [ends[at] ?? 0, ends[at + 1] ?? 0]
    const reverse = bump(cursors, target - range.firstNode)
    if (ends[2 * slots * reverse] !== target || ends[2 * slots * reverse + 1] !== source) return false
    if (compareValues(edges, record, reverse) !== 0) return false
  }
  return true
}
