/** What kinds of property values there are, and how messages speak of them and of where they were found. */
import type { Category } from './feature-schema.ts'
import { type Key, keyText, type PropertyValue } from './subgraph.ts'

/** Kinds that an encoding accepts, and `bad` for values no encoding accepts, with the words a message uses. */
export type ValueKind =
  | { readonly kind: 'category'; readonly label: string; readonly category: Category }
  | { readonly kind: 'number'; readonly label: string; readonly number: number }
  | { readonly kind: 'list'; readonly label: string; readonly numbers: readonly number[] }
  | { readonly kind: 'bad'; readonly label: string }

/**
 * The kind of a value. An integer is a category; {@link numbersOf} reads it as a number. Floats are never categories,
 * and numbers that single precision cannot hold are bad.
 */
export function kindOf(value: PropertyValue): ValueKind {
  if (value === null) return { kind: 'bad', label: 'null' }
  if (typeof value === 'string') return { kind: 'category', label: 'STRING', category: value }
  if (typeof value === 'boolean') return { kind: 'category', label: 'BOOLEAN', category: value }
  if (typeof value === 'bigint') return { kind: 'category', label: 'INTEGER', category: value }
  if (typeof value === 'number') {
    if (fitsSinglePrecision(value)) return { kind: 'number', label: 'FLOAT', number: value }
    return { kind: 'bad', label: Number.isFinite(value) ? 'a number beyond single precision' : String(value) }
  }
  if ('type' in value) return { kind: 'bad', label: value.type }
  if (value.length === 0) return { kind: 'bad', label: 'an empty LIST' }
  const numbers: number[] = []
  for (const item of value) {
    const number = typeof item === 'bigint' ? Number(item) : item
    if (typeof number !== 'number' || !fitsSinglePrecision(number))
      return { kind: 'bad', label: `a LIST with ${kindOf(item).label} in it` }
    numbers.push(number)
  }
  return { kind: 'list', label: `a LIST of ${numbers.length}`, numbers }
}

/** The numbers of a numeric value: one of an INTEGER or FLOAT, all of a list; `null` of anything else. */
export function numbersOf(kind: ValueKind): readonly number[] | null {
  if (kind.kind === 'number') return [kind.number]
  if (kind.kind === 'list') return kind.numbers
  if (kind.kind === 'category' && typeof kind.category === 'bigint') return [Number(kind.category)]
  return null
}

/** Whether a number stays finite in a Float32Array. */
export function fitsSinglePrecision(value: number): boolean {
  return Number.isFinite(Math.fround(value))
}

/** Where values of one kind were found: how many, and the first few places. */
export interface Sightings {
  count: number
  readonly places: { readonly graph: Key; readonly member: Key }[]
}

export const examplesShown = 5

export function addSighting(sightings: Sightings, graph: Key, member: Key): void {
  sightings.count++
  if (sightings.places.length < examplesShown) sightings.places.push({ graph, member })
}

/** "members 17, 18 of graph 3 and 19 of graph 4, 12 in all". */
export function describeSightings({ count, places }: Sightings, holder: string): string {
  const byGraph = new Map<string, string[]>()
  for (const { graph, member } of places) {
    const members = byGraph.get(keyText(graph)) ?? []
    byGraph.set(keyText(graph), [...members, keyText(member)])
  }
  const parts = [...byGraph].map(([graph, members]) => `${members.join(', ')} of graph ${graph}`)
  const total = count > places.length ? `, ${count} in all` : ''
  return `${count === 1 ? holder : `${holder}s`} ${parts.join(' and ')}${total}`
}
