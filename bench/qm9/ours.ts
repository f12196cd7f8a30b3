/** Our side: one training for each target, in processes of their own, kept in files from which a later call goes on. */
import { join } from 'node:path'
import type { FoldRecord } from '../../src/model/fold-record.ts'
import { heldMeasures } from '../../src/model/held-measures.ts'
import { type HeldPart, partsOf } from '../../src/pipeline/evaluate/epoch-choice.ts'
import { foldOrders, keepGraphs } from '../../src/pipeline/evaluate/fold-orders.ts'
import { type TrainedFoldsOptions, trainedFolds } from '../../src/pipeline/evaluate/trained-folds.ts'
import type { Experiment } from './experiment.ts'
import type { TrainingCurve } from './training-curve.ts'

/** In the order of the experiments. @param folder keeps the records */
export async function trainOurs(
  experiments: readonly Experiment[],
  folder: string,
  options: TrainedFoldsOptions,
): Promise<TrainingCurve[]> {
  const orders = await Promise.all(
    experiments.map(async ({ target, known, config, task }) => {
      const own = join(folder, target)
      return foldOrders(await keepGraphs(known, own), [config], [task], { kind: 'smg', folder: own })
    }),
  )
  const trained = await trainedFolds(orders.flat(), options)
  return trained.flatMap(({ trainings }) => trainings.map(({ record }) => curveOf(record)))
}

function curveOf(record: FoldRecord): TrainingCurve {
  const epochs = record.epochs.map(({ epoch, trainLoss, outputs }) => {
    const { validation, test } = partsOf(record, outputs)
    return { epoch, trainLoss, validationError: errorOf(validation), testError: errorOf(test) }
  })
  return { epochs, trainSeconds: record.trainSeconds }
}

function errorOf({ outputs, truth }: HeldPart): number {
  const measures = heldMeasures(outputs, truth)
  if (!('meanAbsoluteError' in measures)) throw new Error('Cannot compare: expected a regression, got classes')
  return measures.meanAbsoluteError
}
