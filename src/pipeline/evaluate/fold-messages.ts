/** What the process that evaluates and those that train say to each other. */
import type { Config } from '../../config/schema.ts'
import type { LearnerKind } from './learner.ts'
import type { FoldTask } from './protocol.ts'

/** To a process that trains: the next task. */
export interface FoldOrder {
  /** Of {@link EvaluationGraphs}, as a snapshot. */
  readonly graphsFile: string
  readonly config: Config
  readonly kind: LearnerKind
  readonly task: FoldTask
  /** Of the record. */
  readonly file: string
  readonly saveEveryMillis: number | undefined
}

/** From it. */
export type FoldReport =
  | { readonly kind: 'epoch'; readonly epoch: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
