/** The Soft-Mask GNN as a learner of a cross-validation. */
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { Learner } from './fold-training.ts'
import { createTrainingRun, type RunState, type TrainingRunInput } from './training-run.ts'

export interface SmgLearnerInput extends Omit<TrainingRunInput, 'validation' | 'from'> {
  readonly held: readonly EncodedGraph[]
}

/** @throws RangeError as {@link createTrainingRun} */
export function createSmgLearner({ held, ...input }: SmgLearnerInput, from?: RunState): Learner<RunState> {
  const run = createTrainingRun({ ...input, validation: held, from })
  return { epoch: run.epoch, heldOutputs: run.validationOutputs, state: run.state, dispose: run.dispose }
}
