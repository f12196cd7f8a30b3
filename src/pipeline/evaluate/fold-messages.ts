/** What the process that evaluates and those that train say to each other. */
import type { FoldRun } from './run-fold.ts'

/** To a process that trains: the next task. */
export interface FoldOrder extends Omit<FoldRun, 'graphs' | 'signal' | 'onEpoch'> {
  /** Of {@link EvaluationGraphs}, as a snapshot. */
  readonly graphsFile: string
}

/** From it. */
export type FoldReport =
  | { readonly kind: 'epoch'; readonly epoch: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
