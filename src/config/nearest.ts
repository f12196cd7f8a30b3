/** The name somebody probably meant. */
import { distance } from 'fastest-levenshtein'

/**
 * The candidate closest to `name` by edit distance, ignoring case, whatever the order of candidates: of several, one that begins
 * the same. `undefined` where none is at most half different.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(name.length / 2)) + 1
  const startsAlike = (candidate: string) => (candidate[0]?.toLowerCase() === name[0]?.toLowerCase() ? 0 : 1)
  const inOrder = [...candidates].sort((a, b) => startsAlike(a) - startsAlike(b) || (a < b ? -1 : 1))
  for (const candidate of inOrder) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase())
    if (edits < bestDistance) [best, bestDistance] = [candidate, edits]
  }
  return best
}

/** "; did you mean 'Case'?" or, where nothing is near, an empty string. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates)
  return nearest === undefined ? '' : `; did you mean '${nearest}'?`
}
