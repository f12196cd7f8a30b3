/** Reads the trainings on one fold that are over. */
import type { TrainingOptions } from '../../config/schema.ts'
import { type FoldRecord, foldRecordSchema } from '../../model/fold-record.ts'
import { readSnapshot } from '../../model/snapshot-file.ts'
import { validationCosts } from './epoch-choice.ts'
import { type EndedTraining, endedTraining } from './training-end.ts'

/** Where a record is, and what it is of. */
export interface RecordFile {
  readonly file: string
  /** Of what decides the numbers of the record. */
  readonly identity: string
}

export interface EndedTrainings {
  /** As far as, one after the other, they are over. */
  readonly trainings: readonly EndedTraining[]
  /** Of each: its lowest validation cost up to each epoch, against which the next one is held. */
  readonly rivals: readonly (readonly number[])[]
}

/** @param files of trainings on one fold, each of which is held against those before it */
export async function endedTrainings(
  files: readonly RecordFile[],
  { epochs, patience, epochChoice }: Pick<TrainingOptions, 'epochs' | 'patience' | 'epochChoice'>,
): Promise<EndedTrainings> {
  const trainings: EndedTraining[] = []
  const rivals: (readonly number[])[] = []
  for (const file of files) {
    const record = await existingRecord(file)
    const ended = record && endedTraining(record, { epochs, patience, epochChoice, rivals })
    if (ended === null) break
    trainings.push(ended)
    rivals.push(validationCosts(ended.record, epochChoice)(ended.record.epochs).lowest)
  }
  return { trainings, rivals }
}

/** What was kept in a file; `null` where there is none, or one that is damaged or of something else. */
export async function existingRecord({ file, identity }: RecordFile): Promise<FoldRecord | null> {
  const { data } = foldRecordSchema.safeParse(await readSnapshot(file))
  return data?.identity === identity ? data : null
}
