/** 64-bit hashes of rows of numbers, in two halves, each made of the bits alone. */

export interface RowHash {
  low: number
  high: number
}

/** Puts the hash of `width` numbers from `first` on into `hash`; `bits` are those of single-precision numbers. */
export function hashRow(bits: Int32Array, first: number, width: number, hash: RowHash): void {
  let low = 0x243f6a88
  let high = 0x85a308d3 | 0 // signed, as arrays keep it: rows without any number must find each other
  for (let i = 0; i < width; i++) {
    const value = bits[first + i] ?? 0
    if (value === 0) continue // most of a one-hot row
    low = mixLow(low ^ value ^ Math.imul(i, 0x9e3779b9))
    high = mixHigh(high ^ value ^ Math.imul(i, 0x85ebca6b))
  }
  hash.low = low
  hash.high = high
}

/** Finalizer of MurmurHash3. */
export function mixLow(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** A finalizer of other constants (Wellons, https://nullprogram.com/blog/2018/07/31/). */
export function mixHigh(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return mixed ^ (mixed >>> 16)
}
