/** Properties whose values groups of nodes share: where there are no graph nodes, they may stand for graphs. */
import { lastWordOf, wordsOf } from './name-words.ts'
import type { PropertySample } from './sampled-values.ts'

const groupWords = new Set([
  'community',
  'cluster',
  'component',
  'group',
  'partition',
  'module',
  'graph',
  'block',
  'batch',
])

/** Names of the properties that look as if they named a group of nodes. */
export function sharedValueProperties(samples: readonly PropertySample[]): string[] {
  return samples
    .filter(({ type, count, distinct }) => isKey(type) && distinct >= 2 && distinct <= count / 2)
    .filter(({ name }) => lastWordOf(name) === 'id' || wordsOf(name).some((word) => groupWords.has(word)))
    .map(({ name }) => name)
}

function isKey(type: PropertySample['type']): boolean {
  return type === 'STRING' || type === 'INTEGER'
}
