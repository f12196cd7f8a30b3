/** The files in bench/qm9/results: one for each training that is over, so that none has to be done twice. */
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { qm9Targets } from '../../src/graph/qm9-types.ts'
import { writeWhole } from '../../src/local-neo4j/files.ts'
import { epochSchema, type TrainingCurve } from './training-curve.ts'

export const sides = ['ours', 'peer'] as const
export type Side = (typeof sides)[number]

const trainingSchema = z.strictObject({
  target: z.enum(qm9Targets),
  side: z.enum(sides),
  molecules: z.strictObject({ train: z.int(), validation: z.int(), test: z.int() }),
  /** Of initial weights and batches. */
  seed: z.int(),
  machine: z.strictObject({ cores: z.int(), node: z.string() }),
  trainSeconds: z.number(),
  epochs: z.array(epochSchema).min(1),
})
export type StoredTraining = z.output<typeof trainingSchema>

/** What tells a training from others. */
export interface TrainingName {
  readonly target: StoredTraining['target']
  readonly side: Side
  /** Of the sample. */
  readonly molecules: number
  readonly epochs: number
  readonly seed: number
}

export function fileOf({ target, side, molecules, epochs, seed }: TrainingName): string {
  return `${target}-${side}-${molecules}-${epochs}-${seed}.json`
}

/** In the order of their names. */
export async function storedTrainings(folder: string): Promise<StoredTraining[]> {
  await mkdir(folder, { recursive: true })
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (file) => trainingSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))),
  )
}

export async function isStored(folder: string, name: TrainingName): Promise<boolean> {
  return (await readdir(folder)).includes(fileOf(name))
}

export async function storeTraining(folder: string, name: TrainingName, training: StoredTraining): Promise<void> {
  const short = { ...training, trainSeconds: Math.round(training.trainSeconds), epochs: rounded(training.epochs) }
  await writeWhole(join(folder, fileOf(name)), `${JSON.stringify(short)}\n`, 0o644)
}

function rounded(epochs: TrainingCurve['epochs']): StoredTraining['epochs'] {
  const short = (value: number) => Number(value.toPrecision(6))
  return epochs.map(({ epoch, trainLoss, validationError, testError }) => ({
    epoch,
    trainLoss: short(trainLoss),
    validationError: short(validationError),
    testError: short(testError),
  }))
}
