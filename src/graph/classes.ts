/** The classes of a target, in the order that class indices follow. */
import { SourceDataError } from '../errors.ts'
import { compareCategories } from './categories.ts'
import type { Category } from './feature-schema.ts'
import { kindOf } from './feature-values.ts'
import { describeTargets, type GraphTarget, targetSightings } from './target-sightings.ts'
import { graphProperties, type Vocabulary } from './vocabulary.ts'

/** A class as the source has it. */
export type ClassValue = Category

/** The text that stands for a class in predictions and messages. */
export function className(value: ClassValue): string {
  return String(value)
}

/**
 * The distinct targets, sorted: false < true, integers by value, text by code point.
 *
 * @throws SourceDataError if a target is missing or no class (a float, a list), if types are mixed, or if there are fewer
 * than two classes; the message names the property and up to five graphs.
 */
export function classesOf(
  graphs: readonly GraphTarget[],
  target: string,
  vocabulary: Vocabulary = graphProperties,
): readonly ClassValue[] {
  const { property, remedy } = vocabulary
  if (graphs.length === 0) throw new SourceDataError(`Cannot learn ${property} '${target}': expected graphs, got none`)
  const seen = targetSightings(graphs, ({ kind }) => kind === 'category')
  const isMixed = seen.filter(({ isUsable }) => isUsable).length > 1
  const wrong = seen.filter(({ isUsable }) => isMixed || !isUsable)
  if (wrong.length > 0)
    throw new SourceDataError(
      `Cannot learn ${property} '${target}': expected STRING, INTEGER or BOOLEAN classes of one type, got ${describeTargets(wrong)}. Give those graphs a class, or ${remedy}`,
    )
  const classes = new Set<ClassValue>()
  for (const graph of graphs) {
    const kind = kindOf(graph.target)
    if (kind.kind === 'category') classes.add(kind.category)
  }
  const sorted = [...classes].sort(compareCategories)
  if (sorted.length < 2)
    throw new SourceDataError(
      `Cannot learn ${property} '${target}': expected at least two classes, got only '${sorted.map(className).join()}'; add graphs of another class, or ${remedy}`,
    )
  return sorted
}
