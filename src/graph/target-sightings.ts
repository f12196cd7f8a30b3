/** What kinds of targets graphs have, and how messages speak of them. */
import { examplesShown, kindOf, type ValueKind } from './feature-values.ts'
import { type Key, keyText, type PropertyValue } from './subgraph.ts'

export interface GraphTarget {
  readonly key: Key
  readonly target: PropertyValue
}

/** The graphs whose targets are of one kind: how many, and the first few. */
export interface TargetSightings {
  /** Words for the kind, such as STRING or null. */
  readonly label: string
  readonly isUsable: boolean
  readonly keys: readonly Key[]
  readonly count: number
}

/** One entry per kind, in the order in which they are first seen. */
export function targetSightings(
  graphs: Iterable<GraphTarget>,
  isUsable: (kind: ValueKind) => boolean,
): readonly TargetSightings[] {
  const seen = new Map<string, { label: string; isUsable: boolean; keys: Key[]; count: number }>()
  for (const { key, target } of graphs) {
    const kind = kindOf(target)
    const sightings = seen.get(kind.label) ?? { label: kind.label, isUsable: isUsable(kind), keys: [], count: 0 }
    seen.set(kind.label, sightings)
    sightings.count++
    if (sightings.keys.length < examplesShown) sightings.keys.push(key)
  }
  return [...seen.values()]
}

/** "null at graph 3; FLOAT at graphs 4, 5, 6, 7, 8, 12 in all" */
export function describeTargets(sightings: readonly TargetSightings[]): string {
  const parts = sightings.map(({ label, keys, count }) => {
    const more = count > keys.length ? `, ${count} in all` : ''
    return `${label} at ${count === 1 ? 'graph' : 'graphs'} ${keys.map(keyText).join(', ')}${more}`
  })
  return parts.join('; ')
}
