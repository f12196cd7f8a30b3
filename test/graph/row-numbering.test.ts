import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRowNumbering } from '../../src/graph/row-numbering.ts'

type Hash = readonly [low: number, high: number]

/** The numbers of `hashes`, one after the other. */
function numbersOf(numbering: ReturnType<typeof createRowNumbering>, hashes: readonly Hash[]): number[] {
  return hashes.map(([low, high]) => numbering.numberOf(low, high))
}

/** What a Map says. */
function expectedNumbers(hashes: readonly Hash[], first = 0): { numbers: number[]; count: number } {
  const rows = new Map<string, number>()
  const numbers = hashes.map((hash) => {
    const row = rows.get(String(hash)) ?? first + rows.size
    rows.set(String(hash), row)
    return row
  })
  return { numbers, count: rows.size }
}

const half = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer())
const anyHashes = fc.array(fc.tuple(half, half), { size: 'large' })

describe('createRowNumbering()', () => {
  it('numbers hashes in the order in which they come first, and keeps their halves', () => {
    const numbering = createRowNumbering(5)
    const hashes: Hash[] = [
      [7, 1],
      [7, 2], // differs in one half only
      [7, 1],
      [-5, 0],
      [7, 2],
    ]
    expect(numbersOf(numbering, hashes)).toEqual([0, 1, 0, 2, 1])
    expect([numbering.count(), numbering.lows(), numbering.highs()]).toEqual([
      3,
      Int32Array.of(7, 7, -5),
      Int32Array.of(1, 2, 0),
    ])
  })

  it('keeps hashes apart that fall into the same slot', () => {
    // 4 numbers take 16 slots: the lowest four bits choose among them.
    const hashes: Hash[] = [15, 31, 47, 63, 31, 63].map((low) => [low, 0])
    expect(numbersOf(createRowNumbering(4), hashes)).toEqual([0, 1, 2, 3, 1, 3])
  })

  it('forgets the hashes of earlier groups, but not their numbers', () => {
    const numbering = createRowNumbering(6, 2)
    numbering.startGroup()
    expect(
      numbersOf(numbering, [
        [1, 1],
        [2, 2],
      ]),
    ).toEqual([0, 1])
    numbering.startGroup()
    expect(
      numbersOf(numbering, [
        [2, 2],
        [1, 1],
        [2, 2],
      ]),
    ).toEqual([2, 3, 2])
  })

  it('gives an appended hash the next number without a look at the others', () => {
    const numbering = createRowNumbering(3)
    numbering.append(1, 1)
    numbering.append(1, 1)
    expect([numbering.count(), numbering.lows()]).toEqual([2, Int32Array.of(1, 1)])
  })

  it('numbers as many hashes as it was made for as a Map does, group by group', () => {
    fc.assert(
      fc.property(fc.array(anyHashes, { maxLength: 4 }), (groups) => {
        const sizes = groups.map((hashes) => expectedNumbers(hashes).count)
        const numbering = createRowNumbering(
          sizes.reduce((sum, size) => sum + size, 0),
          Math.max(0, ...sizes),
        )
        for (const hashes of groups) {
          numbering.startGroup()
          const { numbers } = expectedNumbers(hashes, numbering.count())
          expect(numbersOf(numbering, hashes)).toEqual(numbers)
        }
      }),
      { numRuns: 30 },
    )
  })
})
