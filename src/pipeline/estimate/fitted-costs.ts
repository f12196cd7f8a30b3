/**
 * What an estimate cannot measure without doing the work: writing, fixed costs, memory. Fitted to a sync of the benchmark
 * databases of 10,000, 100,000 and 1,000,000 nodes.
 *
 * To fit them anew, with nothing else at work: `npx tsx bench/estimate.ts --nodes 100000` prints estimate and outcome side by
 * side, part by part. First set `serverMillis` to what it prints as such; then the times per property and number until write
 * fits; then, with `--nodes 10000`, `firstWriteMillis` by write and `fixedMillis` by the total; at 1,000,000 the shares of a
 * warm program by their parts, and `hiddenShare` by the total. Memory likewise: `workBytes` at 10,000 nodes, the rest at 100,000.
 */

/** Milliseconds are those of a server that takes `serverMillis` for the calculation of cypher/server-speed.cypher. */
export const fittedTimes = {
  serverMillis: 14,
  /** Time grows with this power of the server's time for the calculation, which sees more of a moment's load than a sync. */
  serverPower: 0.5,
  /** Lock, indexes, run, taking masks back. */
  fixedMillis: 600,
  /** What the first pages that are written take more than others. */
  firstWriteMillis: 440,
  millisPerGraph: 0.12,
  /** Of a membership that is made, beside its properties. */
  millisPerMembership: 0.018,
  /** Of a number or text in a property of its own. */
  millisPerProperty: 0.0095,
  /** Of a number in a list. */
  millisPerNumber: 0.0007,
  /** Members after which both sides have compiled what they do, and the share of time that one takes from then on. */
  warmAfterNodes: 50_000,
  warmShare: 0.43,
  warmWriteShare: 0.5,
  /** Reading and computing on one side, and writing on the other, go on together: so much of the shorter does not add to the total. */
  hiddenShare: 0.8,
  /** Pages at the beginning and end, where they do not. */
  pagesAlone: 8,
  /** The upper end of a range is so many times what is expected, the lower end so many times less. */
  spread: 1.4,
} as const

export const fittedMemory = {
  /** The program with its libraries, where the caller does not know better. */
  baseBytes: 350e6,
  /** Heap and tensors of the first pages: what is computed at once is bounded. */
  workBytes: 40e6,
  /** Per member of three pages: one is read, one computed, one written. */
  bytesPerMember: 5_000,
  /** Garbage that piles up in a longer run; reached after so many members. */
  garbageBytes: 20e6,
  garbageMembers: 100_000,
  /** Per number of the encoded graphs that training holds. */
  bytesPerTrainingNumber: 8,
  /** Per member of them: its key and its place in lists. */
  bytesPerTrainingMember: 150,
  spread: 1.25,
} as const

/** Of the database's files; most of it is the log of transactions, which the server prunes later. */
export const fittedStore = {
  /** In the store: a property record of 41 bytes holds two numbers. */
  bytesPerProperty: 21,
  bytesPerNumber: 9,
  /** In the log: the records before and after. */
  logBytesPerProperty: 100,
  logBytesPerNumber: 9,
  /** A relationship record, and what it changes in the chains of both ends. */
  bytesPerMembership: 34,
  logBytesPerMembership: 300,
  /** In the vector index. */
  indexBytesPerNumber: 5,
  spread: 1.3,
} as const
