/** How far the parts of a flow are together. */

export interface FlowProgress {
  /** Units of a part that are done. */
  tell(part: number, done: number): void
  /** A part that ends early counts as if it had all its units. */
  end(part: number): void
}

/** @param sizes units of each part */
export function sumOfProgress(
  sizes: readonly number[],
  onProgress: ((done: number, of: number) => void) | undefined,
): FlowProgress {
  const of = sizes.reduce((sum, size) => sum + size, 0)
  const doneOf = sizes.map(() => 0)
  let sum = 0
  const tell = (part: number, done: number) => {
    const more = done - (doneOf[part] ?? 0)
    if (more === 0) return
    doneOf[part] = done
    sum += more
    onProgress?.(sum, of)
  }
  return { tell, end: (part) => tell(part, sizes[part] ?? 0) }
}
