/** What a model does not see of the graphs that it scores, for the warnings. */
import type { EncodeResult } from '../graph/encode.ts'

export interface Unseen {
  parallelEdges: number
  selfLoops: number
  unseenCategories: number
}

export function nothingUnseen(): Unseen {
  return { parallelEdges: 0, selfLoops: 0, unseenCategories: 0 }
}

/** Counts what was left out of one graph. */
export function addUnseen(unseen: Unseen, { dropped, unseenCategories }: EncodeResult): void {
  unseen.parallelEdges += dropped.parallelEdges
  unseen.selfLoops += dropped.selfLoops
  unseen.unseenCategories += unseenCategories
}

/** What warnings call edges, and the values of nodes and edges. */
export interface UnseenWords {
  readonly edges: string
  readonly values: string
}

const inDatabase: UnseenWords = { edges: 'relationships', values: 'property values' }

/** A sentence for each kind of what a model did not see. */
export function warningsOf(
  { parallelEdges, selfLoops, unseenCategories }: Readonly<Unseen>,
  words = inDatabase,
): string[] {
  return [
    ...(parallelEdges > 0 ? [`${parallelEdges} parallel ${words.edges} counted once`] : []),
    ...(selfLoops > 0 ? [`${selfLoops} self-loops left out`] : []),
    ...(unseenCategories > 0
      ? [`${unseenCategories} ${words.values} that no training graph had were encoded as all zeros`]
      : []),
  ]
}
