/** Properties of catalog nodes, whose types nobody vouches for, as what reports need. */
import { toJsonValue } from '../../neo4j/values.ts'
import type { ReportFact } from '../../viewer/report-page.ts'

export type Properties = Readonly<Record<string, unknown>>

/** Numbers of a list; none where it is no list of numbers. */
export function numbersOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.flatMap((each) => numberOf(each) ?? []) : []
}

/** `null` for what is no number. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

export function textOf(value: unknown): string {
  const plain = toJsonValue(value)
  return plain === undefined || plain === null ? '' : String(plain)
}

/** Those properties that are there, under the words for them. */
export function factsOf(
  properties: Properties,
  words: readonly (readonly [name: string, words: string])[],
): readonly ReportFact[] {
  return words.flatMap(([name, inWords]) => {
    const value = toJsonValue(properties[name])
    if (value === undefined || value === null) return []
    return [
      [inWords, typeof value === 'number' ? value : Array.isArray(value) ? value.join(', ') : String(value)] as const,
    ]
  })
}
