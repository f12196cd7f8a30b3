import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EdgeRecords, edgeRecords, settleEdges } from '../../src/graph/edge-records.ts'

/** Source, target, and its values. */
type Edge = readonly [number, number, ...number[]]

describe('settleEdges()', () => {
  it('sorts by source and target, and drops duplicates and self-loops', () => {
    const settled = settleEdges(
      packed(
        [
          [7, 5],
          [5, 6],
          [6, 6],
          [7, 5],
          [5, 7],
          [6, 5],
        ],
        0,
      ),
      { firstNode: 5, nodeCount: 5 },
    )
    expect(unpacked(settled.records)).toEqual([
      [5, 6],
      [5, 7],
      [6, 5],
      [7, 5],
    ])
    expect(settled).toMatchObject({ duplicateEdges: 1, selfLoops: 1, isolatedNodes: 2, symmetric: true })
  })

  it('keeps parallel edges with other values', () => {
    const edges = packed(
      [
        [1, 2, 9],
        [1, 2, -4],
        [1, 2, 9],
      ],
      1,
    )
    const settled = settleEdges(edges, { firstNode: 1, nodeCount: 2 })
    expect(unpacked(settled.records)).toEqual([
      [1, 2, -4],
      [1, 2, 9],
    ])
    expect(settled).toMatchObject({ duplicateEdges: 1, symmetric: false })
  })

  it('calls edges symmetric only if the reverse has the same values', () => {
    const range = { firstNode: 1, nodeCount: 2 }
    expect(
      settleEdges(
        packed(
          [
            [1, 2, 0.5],
            [2, 1, 0.5],
          ],
          1,
        ),
        range,
      ).symmetric,
    ).toBe(true)
    expect(
      settleEdges(
        packed(
          [
            [1, 2, 0.5],
            [2, 1, 0.25],
          ],
          1,
        ),
        range,
      ).symmetric,
    ).toBe(false)
    expect(
      settleEdges(
        packed(
          [
            [1, 2],
            [2, 1],
            [2, 1],
          ],
          0,
        ),
        range,
      ).symmetric,
    ).toBe(true)
    expect(settleEdges(packed([], 0), range)).toMatchObject({ symmetric: true, isolatedNodes: 2 })
  })

  it('agrees with sets, for any edges', () => {
    const end = fc.integer({ min: 3, max: 8 })
    const edge = fc.tuple(end, end, fc.integer({ min: 0, max: 1 }))
    fc.assert(
      fc.property(fc.array(edge), fc.boolean(), (edges, mirrored) => {
        const all: Edge[] = mirrored
          ? edges.flatMap(([s, t, v]): Edge[] => [
              [s, t, v],
              [t, s, v],
            ])
          : edges
        const { records, symmetric, duplicateEdges, selfLoops, isolatedNodes } = settleEdges(packed(all, 1), {
          firstNode: 3,
          nodeCount: 6,
        })
        const proper = all.filter(([s, t]) => s !== t)
        const distinct = new Set(proper.map((e) => e.join()))
        expect(new Set(unpacked(records).map((e) => e.join()))).toEqual(distinct)
        expect(records.count).toBe(distinct.size)
        expect(duplicateEdges).toBe(proper.length - distinct.size)
        expect(selfLoops).toBe(all.length - proper.length)
        expect(isolatedNodes).toBe(6 - new Set([...proper.map(([s]) => s), ...proper.map(([, t]) => t)]).size)
        expect(symmetric).toBe(proper.every(([s, t, v]) => distinct.has([t, s, v].join())))
      }),
    )
  })
})

function packed(edges: readonly Edge[], valueCount: number): EdgeRecords {
  const records = edgeRecords(new ArrayBuffer(edges.length * 8 * (1 + valueCount)), 1 + valueCount)
  for (const [record, [source, target, ...values]] of edges.entries()) {
    records.ends.set([source, target], 2 * records.slots * record)
    records.values.set(values, records.slots * record + 1)
  }
  return records
}

function unpacked({ slots, count, ends, values }: EdgeRecords): number[][] {
  return Array.from({ length: count }, (_, record) => [
    ...ends.subarray(2 * slots * record, 2 * slots * record + 2),
    ...values.subarray(slots * record + 1, slots * (record + 1)),
  ])
}
