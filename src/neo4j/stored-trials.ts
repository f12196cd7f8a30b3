/** Settings that an evaluation tried, as its node has them: JSON. */
import { z } from 'zod'

const number = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)
const trialsSchema = z.array(
  z.object({
    trial: z.int(),
    parameters: z.record(z.string(), z.union([z.string(), z.number()])),
    validationLoss: z.object({ mean: number, std: number }),
    validationAccuracy: z.object({ mean: number, std: number }).nullable().default(null),
    chosenIn: z.int(),
    endedEarlyIn: z.int(),
  }),
)
export type StoredTrial = z.output<typeof trialsSchema>[number]

/** `null` where nothing was searched, or what is kept is of another release. */
export function storedTrials(text: unknown): readonly StoredTrial[] | null {
  if (typeof text !== 'string') return null
  try {
    return trialsSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
