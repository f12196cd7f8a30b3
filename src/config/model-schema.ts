/** Settings of the model and of its training. */
import { z } from 'zod'

export const variants = ['smg', 'smg-jk', 'm-smg', 'm-smg-jk'] as const

export const readouts = ['sum', 'mean'] as const

export const tasks = ['classification', 'regression'] as const

export const epochChoices = ['loss', 'accuracy'] as const

export const modelObject = z.strictObject({
  modelName: z
    .string()
    .min(1, 'modelName must not be empty')
    .describe("Name of the model in the catalog; default: the projection's name"),
  task: z
    .enum(tasks)
    .default('classification')
    .describe('classification: targetProperty holds classes, STRING, INTEGER or BOOLEAN; regression: INTEGER or FLOAT'),
  variant: z
    .enum(variants)
    .default('smg-jk')
    .describe('smg: readout of the last layer; -jk: of all layers joined; m-: a mask per channel'),
  readout: z
    .enum(readouts)
    .default('sum')
    .describe('How the nodes of a graph are read out; mean only where sum diverges'),
  layers: z.int().min(1).max(16).default(3).describe('Number of SMG layers, K'),
  hidden: z.int().min(1).max(1024).default(64).describe('Hidden units per layer, H'),
  inputProjection: z.boolean().default(true).describe('Affine projection of the features before the first layer'),
  edgeHidden: z
    .int()
    .min(1)
    .max(1024)
    .default(128)
    .describe('Hidden units of the edge network, with edge features only'),
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('Dropout probability in the classifier, training only; not of a regression'),
})
/** Equation (6) multiplies features and masks channel by channel. */
export const masksFitChannels = ({ variant, inputProjection }: { variant: string; inputProjection: boolean }) =>
  inputProjection || !variant.startsWith('m-')
export const channelMessage = {
  error:
    'expected inputProjection: true with an m- variant, which has as many masks as hidden units; or take variant smg or smg-jk',
}

export const modelSchema = modelObject.refine(masksFitChannels, channelMessage).readonly()

export const trainingSchema = z
  .strictObject({
    epochs: z.int().min(1).default(300).describe('Largest number of passes over the training graphs'),
    patience: z
      .int()
      .min(1)
      .default(100)
      .describe('Epochs without a better one (epochChoice) after which training stops'),
    epochChoice: z
      .enum(epochChoices)
      .default('loss')
      .describe(
        'Whose weights are kept: those of the epoch with the lowest loss on the validation part, or with the highest accuracy there, and of equal ones the one with the lowest loss',
      ),
    batchSize: z.int().min(1).default(32).describe('Graphs per training step'),
    learningRate: z.number().gt(0).default(1e-3).describe('Step size of Adam'),
    learningRateDecay: z
      .strictObject({
        every: z.int().min(1).describe('Epochs between two changes'),
        factor: z.number().gt(0).lte(1).describe('What the learning rate is multiplied by'),
      })
      .readonly()
      .optional()
      .describe('Multiply the learning rate by `factor` after each `every` epochs'),
    classWeights: z.boolean().default(false).describe('Let every class count the same, however many graphs it has'),
    concurrency: z.int().min(1).max(64).default(2).describe('Parts of a batch that are computed side by side'),
    validationFraction: z.number().gt(0).lt(1).default(0.1).describe('Share of graphs that chooses the best epoch'),
    testFraction: z.number().gt(0).lt(1).default(0.2).describe('Share of graphs held out for the reported metrics'),
    randomSeed: z
      .int()
      .min(0)
      .max(0xffffffff)
      .default(42)
      .describe('Seed of split, initial weights, batches and dropout'),
  })
  .refine(({ validationFraction, testFraction }) => validationFraction + testFraction < 1, {
    error: 'expected validationFraction + testFraction below 1; lower one, so that there are graphs to train on',
  })
  .readonly()
