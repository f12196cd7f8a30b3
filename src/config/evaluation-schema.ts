/** Settings of `smg evaluate`: how graphs are divided, and which settings of the model are tried. */
import { z } from 'zod'
import { readouts, variants } from './model-schema.ts'

/**
 * gin: no validation part; the reported epoch is the one with the highest mean over folds of the test accuracy, so it is chosen on
 * test data (the protocol of most published tables). nested: the epoch is chosen on a validation part inside each training
 * part, and the test part is only reported.
 */
export const protocols = ['gin', 'nested'] as const

export const strategies = ['grid', 'random'] as const

/** Values that a setting may have: a list of them, or all numbers from the first to the second of a range. */
const listOf = <T extends z.ZodType>(value: T) => z.array(value).min(1, 'at least one value is needed').readonly()
const listOrRangeOf = (value: z.ZodType<number>) =>
  z.union([
    listOf(value),
    z
      .strictObject({ range: z.tuple([value, value]).readonly() })
      .refine(({ range: [first, last] }) => first < last, {
        error: 'expected a range from the lower to the higher number',
      })
      .readonly(),
  ])

export const searchSchema = z
  .strictObject({
    strategy: z
      .enum(strategies)
      .default('random')
      .describe('random: values are drawn from lists and ranges; grid: every combination of lists'),
    maxTrials: z
      .int()
      .min(2)
      .max(1000)
      .default(12)
      .describe('Settings that are tried; the first are those of model and training as they are'),
    parameters: z
      .strictObject({
        variant: listOf(z.enum(variants)).describe('Of model'),
        readout: listOf(z.enum(readouts)).describe('Of model'),
        layers: listOrRangeOf(wholeNumber(1, 16)).describe('Of model'),
        hidden: listOrRangeOf(wholeNumber(1, 1024)).describe('Of model'),
        dropout: listOrRangeOf(z.number().min(0).lt(1)).describe('Of model; not of a regression'),
        batchSize: listOrRangeOf(wholeNumber(1)).describe('Of training'),
        learningRate: listOrRangeOf(z.number().gt(0)).describe('Of training'),
      })
      .partial()
      .readonly()
      .default({})
      .describe('Lists such as hidden: [32, 64], or ranges such as learningRate: {range: [0.0001, 0.01]}, as in GDS'),
  })
  .readonly()

export const evaluationSchema = z
  .strictObject({
    protocol: z
      .enum(protocols)
      .default('nested')
      .describe(
        'nested: epochs and settings are chosen on validation data; gin: on test data, as most published tables',
      ),
    validationFolds: z.int().min(2).max(1000).default(10).describe('Parts that are tested in turn, as in GDS'),
    repeats: z.int().min(1).max(100).default(1).describe('Times that all folds are run, each with seeds of its own'),
    concurrency: z.int().min(1).max(64).default(2).describe('Trainings at a time, each in a process of its own'),
    trainingCurve: z
      .boolean()
      .default(false)
      .describe('true: also measure the training part after each epoch, for half again as much work'),
    search: searchSchema.prefault({}).describe('With --search: the settings that are tried'),
    directory: z
      .string()
      .min(1)
      .default('.smg/evaluations')
      .describe('Folder of the records that an evaluation goes on from'),
  })
  .readonly()

function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  return z.number().int().min(min).max(max)
}
