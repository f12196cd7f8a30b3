/** The one order of categories and classes: false < true, integers by value, text by code point. */
import type { Category } from './feature-schema.ts'

/** Types among each other: booleans, then integers, then text. */
const typeOrder = ['boolean', 'bigint', 'string']

export function compareCategories(a: Category, b: Category): number {
  if (typeof a !== typeof b) return typeOrder.indexOf(typeof a) - typeOrder.indexOf(typeof b)
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}

/** By code point; `<` on strings would compare UTF-16 units, which puts U+1F600 before U+FF01. */
export function compareText(a: string, b: string): number {
  const left = a[Symbol.iterator]()
  const right = b[Symbol.iterator]()
  for (;;) {
    const x = left.next()
    const y = right.next()
    if (x.done || y.done) return Number(y.done ?? false) - Number(x.done ?? false)
    const difference = (x.value.codePointAt(0) ?? 0) - (y.value.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
}
