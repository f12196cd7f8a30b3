/** A configuration of the paper, and what was published for it. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const schema = z
  .strictObject({
    dataset: z.string(),
    /** Accuracy in %, by protocol gin. */
    published: z.strictObject({ mean: z.number(), std: z.number() }),
    model: z.looseObject({ variant: z.string() }),
    training: z.looseObject({ epochs: z.int(), batchSize: z.int() }),
    featureProperties: z.array(z.unknown()).optional(),
    /** Protocol nested alone. */
    validationFraction: z.number().default(0.1),
    /** What a search tries, and how long each training of it may be. */
    search: z
      .strictObject({
        maxTrials: z.int(),
        epochs: z.int(),
        patience: z.int(),
        parameters: z.record(z.string(), z.unknown()),
      })
      .optional(),
  })
  .transform(({ dataset, published, validationFraction, search, ...settings }) => ({
    dataset,
    published,
    validationFraction,
    search,
    settings,
  }))

export type Experiment = z.output<typeof schema>

export async function readExperiment(file: string): Promise<Experiment> {
  return schema.parse(JSON.parse(await readFile(file, 'utf8')))
}
