/** The targets of a regression: one number per graph. */
import { SourceDataError } from '../errors.ts'
import { kindOf, numbersOf, type ValueKind } from './feature-values.ts'
import type { Key } from './subgraph.ts'
import { describeTargets, type GraphTarget, targetSightings } from './target-sightings.ts'
import { graphProperties, type Vocabulary } from './vocabulary.ts'

/**
 * The number of each graph; INTEGERs and FLOATs may be mixed.
 *
 * @throws SourceDataError if a target is missing or no finite number, or if all are equal; the message names the property
 * and up to five graphs.
 */
export function numericTargets(
  graphs: readonly GraphTarget[],
  target: string,
  vocabulary: Vocabulary = graphProperties,
): ReadonlyMap<Key, number> {
  const { property, remedy } = vocabulary
  if (graphs.length === 0) throw new SourceDataError(`Cannot learn ${property} '${target}': expected graphs, got none`)
  const wrong = targetSightings(graphs, isNumber).filter(({ isUsable }) => !isUsable)
  if (wrong.length > 0)
    throw new SourceDataError(
      `Cannot learn ${property} '${target}': expected finite INTEGER or FLOAT numbers for task regression, got ${describeTargets(wrong)}. Give those graphs a number, or ${remedy} or task classification`,
    )
  const numbers = new Map<Key, number>()
  for (const graph of graphs) for (const number of numbersOf(kindOf(graph.target)) ?? []) numbers.set(graph.key, number)
  const [first, ...others] = new Set(numbers.values())
  if (others.length === 0)
    throw new SourceDataError(
      `Cannot learn ${property} '${target}': expected numbers that differ, got ${first} at every graph; add graphs with other values, or ${remedy}`,
    )
  return numbers
}

function isNumber(kind: ValueKind): boolean {
  return kind.kind !== 'list' && numbersOf(kind) !== null
}
