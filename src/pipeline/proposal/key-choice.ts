/** Which property tells nodes apart. */
import { lastWordOf } from './name-words.ts'
import type { PropertySample } from './sampled-values.ts'

/**
 * The best key: a STRING or INTEGER that all holders have, unique by a constraint, else unique in the sample, else unique within
 * each of its groups and named like a key, since in small groups much is unique by chance; `null` where there is none.
 *
 * @param groups lengths of the runs of holders within which a key has to be unique
 */
export function keyOf(
  samples: readonly PropertySample[],
  isUnique: (property: string) => boolean,
  groups: readonly number[],
): string | null {
  const scored = samples
    .filter(({ type, count, values }) => count === values.length && (type === 'STRING' || type === 'INTEGER'))
    .map((sample) => ({ name: sample.name, score: uniqueness(sample, isUnique, groups) + named(sample.name) }))
    .filter(({ score }) => score > 1)
  return scored.sort((a, b) => b.score - a.score)[0]?.name ?? null
}

/** 0: not unique within the groups. */
function uniqueness(
  { name, values, distinct }: PropertySample,
  isUnique: (property: string) => boolean,
  groups: readonly number[],
): number {
  if (isUnique(name)) return 3
  if (distinct === values.length) return 2
  let first = 0
  for (const length of groups) {
    if (new Set(values.slice(first, first + length)).size < length) return -1
    first += length
  }
  return 1
}

const keyWords = new Set(['id', 'uuid', 'key', 'code', 'nr', 'no', 'number', 'index', 'position'])

/** Below 1: it decides among equals. */
function named(name: string): number {
  return keyWords.has(lastWordOf(name)) ? 0.5 : 0
}
