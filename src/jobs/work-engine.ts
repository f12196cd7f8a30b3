/**
 * Carries out the work of a run in parts: in this process, or in workers on any number of machines. Whoever has work does not know
 * which; it says how a part is done here, and what a worker has to be told to do the same.
 */

/** `score`: a range of a projection's graphs; `train`: a fold of an evaluation. */
export const partKinds = ['score', 'train'] as const
export type PartKind = (typeof partKinds)[number]

export interface PartControl {
  /** Aborted when the part is to stop: nobody wants its result any more, or another process has it. */
  readonly signal: AbortSignal
  /** Units of the part that are done. */
  readonly onProgress: (done: number) => void
}

/** `P`, `R`: plain data of JSON, in which there may be bigints. */
export interface Flow<P, R> {
  /** Of the run; the same for a later attempt at it, which goes on with the parts of the one before. */
  readonly id: string
  /** Parts of an attempt are of use to another only where this is the same: whatever decides what they do. */
  readonly identity: string
  readonly kind: PartKind
  readonly parts: readonly P[]
  /** What there is to do of a part, in the units of its progress. */
  readonly sizeOf: (part: P) => number
  readonly inProcess: (part: P, control: PartControl) => Promise<R>
  /** Told before parts begin elsewhere: what they will say that they belong to. */
  readonly onBegin?: ((flowId: string) => Promise<void>) | undefined
  readonly files?: FlowFiles | undefined
}

/** Files that parts read and write, which a worker elsewhere has to get and give back. */
export interface FlowFiles {
  readonly folder: string
  /** Names of those to begin with; one that is not there is left out. */
  readonly needed: readonly string[]
  /** Names of those that parts leave. */
  readonly made: readonly string[]
}

export interface FlowOptions {
  readonly signal?: AbortSignal | undefined
  /** Told of units done, of those of all parts. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined
  readonly onNotice?: ((sentence: string) => void) | undefined
}

export interface WorkEngine {
  /** Whether parts are done side by side, so that a scoring run gains by being divided. */
  readonly isDistributed: boolean
  /**
   * The results of all parts, in their order.
   * @throws the error of the first part that failed for good; InterruptedError once the signal is aborted
   */
  run<P, R>(flow: Flow<P, R>, options: FlowOptions): Promise<R[]>
  /** Drops what is left of a run that nobody will go on with. */
  forget(runId: string): Promise<void>
  close(): Promise<void>
}
