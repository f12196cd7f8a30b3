/** What a training on one fold leaves: what the network said of the graphs held out, after every epoch. */
import { z } from 'zod'
import type { FoldEpoch, LearnerState } from './fold-training.ts'
import type { HeldTruth } from './held-measures.ts'

/** Another one than before wherever the same task would end with other numbers. */
export const foldFormat = 'smg-fold/3'

const floats = z.instanceof(Float32Array)
const epochSchema: z.ZodType<FoldEpoch> = z.strictObject({
  epoch: z.int().min(1),
  learningRate: z.number(),
  trainLoss: z.number(),
  outputs: floats,
})
const word = z.int().min(0).max(0xffffffff)
const randomState = z.tuple([word, word, word, word]).readonly()
const learnerSchema: z.ZodType<LearnerState> = z.strictObject({
  parameters: floats,
  adam: z.strictObject({ step: z.int().min(0), mean: floats, square: floats }),
  shuffling: randomState,
  dropping: randomState,
  statistics: floats.optional(),
})
const scaling = z.strictObject({ mean: z.array(z.number()), std: z.array(z.number()) })
const truthSchema: z.ZodType<HeldTruth> = z.union([
  z.strictObject({ classCount: z.int(), classes: z.array(z.int()) }),
  z.strictObject({ scaling, values: z.array(z.array(z.number())) }),
])

export interface FoldRecord {
  readonly format: typeof foldFormat
  /** Of what decides the numbers: a record of another one is of no use. */
  readonly identity: string
  readonly epochs: readonly FoldEpoch[]
  /** Of the validation graphs, then the test graphs, then of those that were trained on where their outputs are kept. */
  readonly truth: HeldTruth
  readonly validationCount: number
  readonly testCount: number
  readonly trainSeconds: number
  /** To go on from, also to more epochs than were wanted at first. */
  readonly learner: LearnerState
}

export const foldRecordSchema: z.ZodType<FoldRecord> = z.strictObject({
  format: z.literal(foldFormat),
  identity: z.string(),
  epochs: z.array(epochSchema),
  truth: truthSchema,
  validationCount: z.int().min(0),
  testCount: z.int().min(0),
  trainSeconds: z.number(),
  learner: learnerSchema,
})
