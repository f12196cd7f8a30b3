/** Our side: a training in a process of its own, kept in files from which a later call goes on. */
import { join } from 'node:path'
import type { FoldRecord } from '../../src/model/fold-record.ts'
import { heldMeasures } from '../../src/model/held-measures.ts'
import { type HeldPart, partsOf } from '../../src/pipeline/evaluate/epoch-choice.ts'
import { foldOrders, keepGraphs } from '../../src/pipeline/evaluate/fold-orders.ts'
import { type TrainedFoldsOptions, trainedFolds } from '../../src/pipeline/evaluate/trained-folds.ts'
import type { Experiment } from './experiment.ts'
import type { TrainingCurve } from './training-curve.ts'

/** @param folder keeps the records */
export async function trainOurs(
  { target, known, config, task }: Experiment,
  folder: string,
  options: Omit<TrainedFoldsOptions, 'processes'>,
): Promise<TrainingCurve> {
  const own = join(folder, target)
  const orders = await foldOrders(await keepGraphs(known, own), [config], [task], { kind: 'smg', folder: own })
  const [fold] = await trainedFolds(orders, { ...options, processes: 1 })
  const [training] = fold?.trainings ?? []
  if (training === undefined) throw new Error(`Cannot train ${target}: got no record`)
  return curveOf(training.record)
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
