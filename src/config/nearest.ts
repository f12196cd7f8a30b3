/** The name somebody probably meant. */
import { distance } from 'fastest-levenshtein'

/** The candidate closest to `name` by edit distance, ignoring case; `undefined` where none is at most half different. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(name.length / 2)) + 1
  for (const candidate of candidates) {
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
