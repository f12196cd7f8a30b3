/** Numbers 64-bit hashes in the order in which they come: open addressing, as a Map would need a string or bigint for each. */
export interface RowNumbering {
  /** From here on, earlier hashes are as if they had never come; numbers go on. */
  startGroup(): void
  /** The number of a hash; one that is new gets the next. */
  numberOf(low: number, high: number): number
  /** Gives the next number to a hash that is new for sure. */
  append(low: number, high: number): void
  count(): number
  /** Halves of the hash of each number so far. [R] */
  lows(): Int32Array
  highs(): Int32Array
}

/** For up to `capacity` numbers, and `groupCapacity` in each group. */
export function createRowNumbering(capacity: number, groupCapacity = capacity): RowNumbering {
  const mask = 2 ** Math.ceil(Math.log2(2 * groupCapacity + 2)) - 1
  /** Number + 1; one of an earlier group counts as free. */
  const slots = new Int32Array(mask + 1)
  const low = new Int32Array(capacity)
  const high = new Int32Array(capacity)
  let first = 0
  let count = 0
  return {
    startGroup() {
      first = count
    },
    numberOf(lowHalf, highHalf) {
      for (let slot = (lowHalf ^ (highHalf >>> 7)) & mask; ; slot = (slot + 1) & mask) {
        const row = (slots[slot] ?? 0) - 1
        if (row < first) {
          slots[slot] = count + 1
          low[count] = lowHalf
          high[count] = highHalf
          return count++
        }
        if (low[row] === lowHalf && high[row] === highHalf) return row
      }
    },
    append(lowHalf, highHalf) {
      low[count] = lowHalf
      high[count++] = highHalf
    },
    count: () => count,
    lows: () => low.slice(0, count),
    highs: () => high.slice(0, count),
  }
}
