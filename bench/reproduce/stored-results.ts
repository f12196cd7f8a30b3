/** The files in bench/reproduce/results. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { epochChoices } from '../../src/config/model-schema.ts'

const resultSchema = z.looseObject({
  row: z.strictObject({
    dataset: z.string(),
    variant: z.string(),
    protocol: z.enum(['gin', 'nested']),
    folds: z.int(),
    /** In %. */
    mean: z.number(),
    std: z.number(),
    epoch: z.int(),
    seed: z.int(),
  }),
  isGiven: z.boolean().default(false),
  published: z.strictObject({ mean: z.number(), std: z.number() }).nullable(),
  config: z.looseObject({
    training: z.looseObject({ epochs: z.int(), epochChoice: z.enum(epochChoices).default('loss') }),
  }),
  folds: z.array(
    z.looseObject({
      epochs: z.int(),
      testCount: z.int().optional(),
      trainCount: z.int().optional(),
      test: z.looseObject({ accuracy: z.number() }),
      trainCurve: z.array(z.number()).nullish(),
    }),
  ),
  trainSeconds: z.number(),
})
export type StoredResult = z.output<typeof resultSchema>

/** In the order of their names. */
export async function storedResults(folder: string): Promise<StoredResult[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (file) => resultSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))),
  )
}
