/** Leaves graphs unread that were scored in the same context, and that nobody has touched since. */
import type { GraphHead } from '../neo4j/catalogue.ts'
import type { StoredFingerprints } from './stored-fingerprints.ts'

export interface UntouchedGraphs {
  /** Whether a graph has to be read; counts the others. */
  readonly isRead: (head: GraphHead) => boolean
  count(): number
  /** What was wrong with `property`, in sentences. */
  warnings(property: string | null): string[]
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
    count: () => untouched,
    warnings: (property) =>
      strays === 0
        ? []
        : [
            `${strays} graphs were read whether changed or not: expected a ZONED DATETIME '${property}', got ${[...strayTypes].sort().join(' and ')}; set it with datetime()`,
          ],
  }
}
