/** Does as much at once as can be done, and finds what cannot be done at all. */

export interface HalvedWork<Item, Result, Failure extends Error> {
  readonly work: (items: readonly Item[]) => Promise<Result>
  /** Errors of this class may be those of some items only, or of too many at once; all others are thrown. */
  readonly failure: new (
    message: string,
  ) => Failure
  /** Stands for the result of an item with which the work fails alone. */
  readonly alone: (item: Item, thrown: Failure) => Result
}

/** The results of `work` with all items at once; where that fails, with each half of them, and so on, in their order. */
export async function inHalves<Item, Result, Failure extends Error>(
  items: readonly Item[],
  halved: HalvedWork<Item, Result, Failure>,
): Promise<Result[]> {
  try {
    return [await halved.work(items)]
  } catch (thrown) {
    if (!(thrown instanceof halved.failure)) throw thrown
    if (items.length <= 1) return items.map((item) => halved.alone(item, thrown))
    const middle = Math.ceil(items.length / 2)
    const first = await inHalves(items.slice(0, middle), halved)
    return [...first, ...(await inHalves(items.slice(middle), halved))]
  }
}
