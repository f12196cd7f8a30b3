/** The classes of a target property, in the order that class indices follow. */
import { SourceDataError } from '../errors.ts'
import { compareCategories } from './categories.ts'
import type { Category } from './feature-schema.ts'
import { examplesShown, kindOf } from './feature-values.ts'
import { type Key, keyText, type PropertyValue } from './subgraph.ts'

/** A class as stored in the database. */
export type ClassValue = Category

/** The text that stands for a class in predictions and messages. */
export function className(value: ClassValue): string {
  return String(value)
}

export interface GraphTarget {
  readonly key: Key
  readonly target: PropertyValue
}

/**
 * The distinct targets, sorted: false < true, integers by value, text by code point.
 *
 * @throws SourceDataError if a target is missing or no class (a float, a list), if types are mixed, or if there are fewer
 * than two classes; the message names the property and up to five graphs.
 */
export function classesOf(graphs: Iterable<GraphTarget>, targetProperty: string): readonly ClassValue[] {
  const classes = new Set<ClassValue>()
  const seen = new Map<string, { count: number; keys: Key[]; usable: boolean }>()
  for (const { key, target } of graphs) {
    const kind = kindOf(target)
    const sightings = seen.get(kind.label) ?? { count: 0, keys: [], usable: kind.kind === 'category' }
    seen.set(kind.label, sightings)
    sightings.count++
    if (sightings.keys.length < examplesShown) sightings.keys.push(key)
    if (kind.kind === 'category') classes.add(kind.category)
  }
  const usable = [...seen.values()].filter((sightings) => sightings.usable)
  if (seen.size === 0) throw new SourceDataError(`Cannot learn property '${targetProperty}': expected graphs, got none`)
  if (usable.length !== 1 || seen.size > 1) {
    const shown = [...seen].filter(([, sightings]) => !sightings.usable || usable.length > 1)
    const got = shown.map(([label, { count, keys }]) => {
      const more = count > keys.length ? `, ${count} in all` : ''
      return `${label} at ${count === 1 ? 'graph' : 'graphs'} ${keys.map(keyText).join(', ')}${more}`
    })
    throw new SourceDataError(
      `Cannot learn property '${targetProperty}': expected STRING, INTEGER or BOOLEAN classes of one type, got ${got.join('; ')}. Give those graphs a class, or choose another targetProperty`,
    )
  }
  const sorted = [...classes].sort(compareCategories)
  if (sorted.length < 2)
    throw new SourceDataError(
      `Cannot learn property '${targetProperty}': expected at least two classes, got only '${sorted.map(className).join()}'; add graphs of another class, or choose another targetProperty`,
    )
  return sorted
}
