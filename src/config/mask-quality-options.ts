/** The `maskQuality` part of `smg.config.yaml`: how masks are measured after training, and what they have to reach. */
import { z } from 'zod'

const measuring = {
  share: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.2)
    .describe('Share of the members of a graph that is taken out, or kept alone, to see how far the prediction moves'),
  graphs: z.int().min(0).default(100).describe('Held-out graphs that are measured at most; 0: masks are not measured'),
  stabilitySeeds: z
    .int()
    .min(0)
    .max(20)
    .default(0)
    .describe(
      'Models trained beside with other seeds, to see whether masks rank alike; each takes as long as training',
    ),
}

export const maskQualitySchema = z
  .strictObject({
    truthProperty: z
      .string()
      .min(1, 'truthProperty must not be empty')
      .optional()
      .describe(
        'BOOLEAN, or INTEGER 0 or 1, of the members that are a part of the cause; compared with masks, never learned',
      ),
    ...measuring,
    minimumFidelityRatio: z
      .number()
      .gt(0)
      .optional()
      .describe('Refuse to write unless deletion fidelity in the best layer is as many times that of random members'),
    minimumRocAuc: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('Refuse to write unless the masks of the best layer reach this ROC AUC against truthProperty'),
  })
  .refine(({ truthProperty, minimumRocAuc }) => truthProperty !== undefined || minimumRocAuc === undefined, {
    path: ['minimumRocAuc'],
    error: 'expected it together with truthProperty, which masks are compared with; name that property too',
  })
  .refine(
    ({ graphs, minimumFidelityRatio, minimumRocAuc }) =>
      graphs > 0 || (minimumFidelityRatio === undefined && minimumRocAuc === undefined),
    { path: ['graphs'], error: 'expected 1 or more where masks have to reach a minimum; they could not be measured' },
  )
  .readonly()

/** The `maskQuality` of a library call. */
export const fitMaskQualitySchema = z
  .strictObject({ truthAttribute: z.string().min(1).optional(), ...measuring })
  .readonly()

export type MaskQualityOptions = z.output<typeof maskQualitySchema>
