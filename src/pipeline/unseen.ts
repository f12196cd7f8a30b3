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

export function warningsOf({ parallelEdges, selfLoops, unseenCategories }: Unseen): string[] {
  const warnings: string[] = []
  if (parallelEdges > 0) warnings.push(`${parallelEdges} parallel relationships counted once`)
  if (selfLoops > 0) warnings.push(`${selfLoops} self-loops left out`)
  if (unseenCategories > 0)
    warnings.push(`${unseenCategories} property values that no training graph had were encoded as all zeros`)
  return warnings
}
