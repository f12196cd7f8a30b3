/** The targets of a regression: one number per graph. */
import { SourceDataError } from '../errors.ts'
import { kindOf, numbersOf, type ValueKind } from './feature-values.ts'
import type { Key } from './subgraph.ts'
import { describeTargets, type GraphTarget, targetSightings } from './target-sightings.ts'

/**
 * The number of each graph; INTEGERs and FLOATs may be mixed.
 *
 * @throws SourceDataError if a target is missing or no finite number, or if all are equal; the message names the property
 * and up to five graphs.
 */
export function numericTargets(graphs: readonly GraphTarget[], targetProperty: string): ReadonlyMap<Key, number> {
  if (graphs.length === 0)
    throw new SourceDataError(`Cannot learn property '${targetProperty}': expected graphs, got none`)
  const wrong = targetSightings(graphs, isNumber).filter(({ isUsable }) => !isUsable)
  if (wrong.length > 0)
    throw new SourceDataError(
      `Cannot learn property '${targetProperty}': expected finite INTEGER or FLOAT numbers for task regression, got ${describeTargets(wrong)}. Give those graphs a number, or choose another targetProperty or task classification`,
    )
  const numbers = new Map<Key, number>()
  for (const { key, target } of graphs) for (const number of numbersOf(kindOf(target)) ?? []) numbers.set(key, number)
  const [first, ...others] = new Set(numbers.values())
  if (others.length === 0)
    throw new SourceDataError(
      `Cannot learn property '${targetProperty}': expected numbers that differ, got ${first} at every graph; add graphs with other values, or choose another targetProperty`,
    )
  return numbers
}

function isNumber(kind: ValueKind): boolean {
  return kind.kind !== 'list' && numbersOf(kind) !== null
}
