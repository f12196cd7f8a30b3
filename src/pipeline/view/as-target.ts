import type { ViewedGraph } from '../../viewer/viewed-graph.ts'

/** A target as it is shown; `null` for what can be none. */
export function asTarget(value: unknown): ViewedGraph['target'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
