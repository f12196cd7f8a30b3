/** What a caller of `sync()` may choose, and what it is told while it waits. */
import type { WorkEngine } from '../jobs/work-engine.ts'

/** `wait` is for the lock of the projection. */
export type SyncPhase = 'wait' | 'read' | 'train' | 'score'

export interface SyncOptions {
  /** Train a new version even if there is a model. */
  readonly retrain?: boolean | undefined
  /** Train a model where there is none. Default: true */
  readonly train?: boolean | undefined
  /** Say what would be done, write nothing. */
  readonly dryRun?: boolean | undefined
  readonly now: () => Date
  readonly runId: string
  /** Holds the lock of the projection; another one for each attempt at the same run. Default: the run id */
  readonly lockOwner?: string | undefined
  /** Wait for the lock instead of refusing while another run has it. Default: false */
  readonly lockWait?: boolean | undefined
  /** Does the scoring. Default: this process */
  readonly engine?: WorkEngine | undefined
  readonly signal?: AbortSignal | undefined
  /** Told in a sentence what else people should know while they wait. */
  readonly onNotice?: ((sentence: string) => void) | undefined
  /** While a model is trained, `total` are the epochs it will take if no further one is better. */
  readonly onProgress?: ((phase: SyncPhase, done: number, total: number, detail?: string) => void) | undefined
}
