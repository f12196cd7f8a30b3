/** What names of properties say: `caseId` holds the words case and id. */

/** In small letters. */
export function wordsOf(name: string): string[] {
  return name
    .split(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

export function lastWordOf(name: string): string {
  return wordsOf(name).at(-1) ?? ''
}
