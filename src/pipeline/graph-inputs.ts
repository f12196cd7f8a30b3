/** The graphs that a library call is given: graphology graphs, alone or with what they do not say themselves. */
import { ConfigError } from '../errors.ts'
import { attributeOf, type GraphologyGraph, propertyValueOf } from '../graph/graphology-graph.ts'
import type { PropertyValue } from '../graph/subgraph.ts'

export interface GraphEntry<G extends GraphologyGraph = GraphologyGraph> {
  readonly graph: G
  /** Its name in predictions and messages, and in the split. Default: its position among the graphs, from 0 */
  readonly key?: string | number | bigint | undefined
  /** What there is to learn of it; numbers in the order of several targets. Default: what its attributes say */
  readonly target?: string | number | bigint | boolean | readonly number[] | undefined
}

export type GraphInput<G extends GraphologyGraph = GraphologyGraph> = G | GraphEntry<G>

export interface KeyedGraph<G extends GraphologyGraph> {
  readonly key: string
  readonly entry: GraphEntry<G>
}

export function* keyedGraphs<G extends GraphologyGraph>(graphs: Iterable<GraphInput<G>>): Generator<KeyedGraph<G>> {
  let position = 0
  for (const input of graphs) {
    const entry = isEntry(input) ? input : { graph: input }
    yield { key: String(entry.key ?? position), entry }
    position++
  }
}

function isEntry<G extends GraphologyGraph>(input: GraphInput<G>): input is GraphEntry<G> {
  return 'graph' in input
}

/** @throws ConfigError naming a key that several graphs have */
export function requireDistinctKeys(graphs: readonly { readonly key: string }[]): void {
  const seen = new Set<string>()
  for (const { key } of graphs) {
    if (seen.has(key)) throw new ConfigError(`Cannot fit: expected graphs with different keys, got two with key ${key}`)
    seen.add(key)
  }
}

/**
 * The value of each of `targets`, `null` where there is none. [C]
 *
 * @throws ConfigError if a target that is given beside the graph has another number of values
 */
export function targetsOfEntry(
  { key, entry }: KeyedGraph<GraphologyGraph>,
  targets: readonly string[],
): PropertyValue[] {
  const { graph, target } = entry
  if (target === undefined)
    return targets.map((name) => propertyValueOf(attributeOf(graph.getAttributes(), name), true))
  const values = typeof target === 'object' ? target : [target]
  if (values.length !== targets.length)
    throw new ConfigError(
      `Cannot fit: expected ${targets.length} targets of graph ${key} (${targets.join(', ')}), got ${values.length}`,
    )
  return values.map((value) => propertyValueOf(value, true))
}
