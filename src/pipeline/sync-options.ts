/** What a caller of `sync()` may choose, and what it is told while it waits. */

export type SyncPhase = 'read' | 'train' | 'score'

export interface SyncOptions {
  /** Train a new version even if there is a model. */
  readonly retrain?: boolean | undefined
  /** Train a model where there is none. Default: true */
  readonly train?: boolean | undefined
  /** Say what would be done, write nothing. */
  readonly dryRun?: boolean | undefined
  readonly now: () => Date
  readonly runId: string
  readonly signal?: AbortSignal | undefined
  /** Told in a sentence what else people should know while they wait. */
  readonly onNotice?: ((sentence: string) => void) | undefined
  readonly onProgress?: ((phase: SyncPhase, done: number, total: number, detail?: string) => void) | undefined
}
