/** Leaves graphs unread that were scored in the same context, and that nobody has touched since. */
import type { GraphHead } from '../neo4j/catalogue.ts'
import type { StoredFingerprints } from './stored-fingerprints.ts'

export interface UntouchedGraphs {
  /** Whether a graph has to be read; counts the others. */
  readonly isRead: (head: GraphHead) => boolean
  found(): UntouchedCounts
}

export interface UntouchedCounts {
  /** Graphs that were left unread. */
  readonly untouched: number
  /** Graphs that were read as their changedSinceProperty is of another type. */
  readonly strays: number
  readonly strayTypes: readonly string[]
}

export function untouchedGraphs(fingerprints: StoredFingerprints): UntouchedGraphs {
  let untouched = 0
  let strays = 0
  const strayTypes = new Set<string>()
  return {
    isRead: ({ fingerprint, touched, strayType, problem }) => {
      if (strayType != null) {
        strays++
        strayTypes.add(strayType.replace(' NOT NULL', ''))
      }
      const isKnown = touched === false && fingerprint !== null && problem === undefined
      if (!isKnown || !fingerprints.isOfContext(fingerprint)) return true
      untouched++
      return false
    },
    found: () => ({ untouched, strays, strayTypes: [...strayTypes] }),
  }
}

/** What was wrong with `property`, in sentences. */
export function strayWarnings({ strays, strayTypes }: UntouchedCounts, property: string | null): string[] {
  if (strays === 0) return []
  const got = [...new Set(strayTypes)].sort().join(' and ')
  return [
    `${strays} graphs were read whether changed or not: expected a ZONED DATETIME '${property}', got ${got}; set it with datetime()`,
  ]
}
