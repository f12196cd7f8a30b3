/**
 * The one table of settings: names, types, ranges, defaults, units and help of `smg.config.yaml`. Command-line help,
 * validation and documentation come from it. Names shared with Neo4j GDS and PyTorch Geometric mean the same here.
 */
import { z } from 'zod'
import { evaluationSchema } from './evaluation-schema.ts'
import { maskQualitySchema } from './mask-quality-options.ts'
import { channelMessage, masksFitChannels, modelObject, trainingSchema } from './model-schema.ts'
import { name } from './name-schema.ts'
import { projectionSchema } from './projection-schema.ts'

export { modelSchema, readouts, tasks, trainingSchema, variants } from './model-schema.ts'
export { orientations, projectionKinds, projectionSchema } from './projection-schema.ts'

export const neo4jSchema = z
  .strictObject({
    uri: z.string().optional().describe('Bolt address, such as neo4j://host:7687. Absent: the local Neo4j'),
    username: z.string().optional().describe('User name. Default: neo4j'),
    password: z.string().optional().describe('Password; better given as NEO4J_PASSWORD'),
    database: name('database').default('neo4j').describe('Database name'),
    retrySeconds: z
      .number()
      .min(0)
      .max(3600)
      .default(60)
      .describe('Seconds for which a statement is tried again while the server is away, or after a deadlock'),
  })
  .readonly()

export const encodings = ['oneHot', 'standardize', 'none'] as const

const featureSchema = z.union([
  name('a feature property').transform((property) => ({ property, encoding: 'auto' as const })),
  z
    .strictObject({
      property: name('a feature property').describe('Name of the property'),
      encoding: z
        .enum([...encodings, 'auto'])
        .default('auto')
        .describe('How it becomes numbers; auto: oneHot for text and booleans, standardize for numbers'),
    })
    .readonly(),
])

export const writingSchema = z
  .strictObject({
    prefix: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9]{0,31}$/, 'a letter followed by letters and digits, at most 32')
      .default('smg')
      .describe('Prefix of every property written to graph nodes and members'),
    pageSize: z.int().min(1).max(10_000).default(256).describe('Graphs per read page and per write transaction'),
    concurrency: z.int().min(1).max(64).default(2).describe('Write transactions at the same time'),
    graphsPerPart: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(2_000)
      .describe('Graphs that a worker scores at a time, where workers score (SMG_REDIS_URL)'),
    keptRuns: z
      .int()
      .min(0)
      .max(10_000)
      .default(100)
      .describe('Newest runs of the projection of which it is kept which predictions they changed'),
    maskChannels: z
      .boolean()
      .default(false)
      .describe('Also write the mask of every channel, K x H numbers per member; m- variants only'),
  })
  .readonly()

export const modelStores = ['database', 'folder'] as const

export const configSchema = z
  .strictObject({
    neo4j: neo4jSchema.prefault({}).describe('The server; flags and environment variables come before it'),
    projection: projectionSchema.describe('Which graphs there are, and how they are read'),
    featureProperties: z
      .array(featureSchema)
      .default([])
      .describe(
        'Member properties that the model reads; encoding oneHot, standardize, none or auto: text and booleans oneHot, numbers standardize',
      ),
    degreeFeature: z
      .enum(['auto', 'oneHot', 'standardize', 'none'])
      .default('auto')
      .describe('Member degree as a feature; auto: only where there are no featureProperties'),
    relationshipWeightProperty: name('relationshipWeightProperty')
      .optional()
      .describe("Number that is a relationship's factor in sums over neighbours, as in GDS. Absent: all count 1"),
    relationshipTypeWeights: z
      .boolean()
      .default(false)
      .describe('true: weight matrices of their own for each relationship type'),
    relationshipFeatureProperties: z
      .array(featureSchema)
      .default([])
      .describe('Relationship properties that an edge network reads; encodings as in featureProperties'),
    targetProperty: name('targetProperty').describe(
      'Graph node property to learn and predict: a class, or a number; graphs without it are scored only',
    ),
    model: modelObject
      .partial({ modelName: true })
      .refine(masksFitChannels, channelMessage)
      .readonly()
      .prefault({})
      .describe('The network, and what it predicts'),
    training: trainingSchema.prefault({}).describe('How it learns'),
    evaluation: evaluationSchema.prefault({}).describe('Of smg evaluate: how graphs are divided, and what is tried'),
    maskQuality: maskQualitySchema
      .prefault({})
      .describe('How the masks are measured on held-out graphs after training, and what they have to reach'),
    writing: writingSchema.prefault({}).describe('What is written, and in what portions'),
    maxGraphNodes: z
      .int()
      .min(1)
      .default(250_000)
      .describe('Members beyond which a graph is refused by name, as memory could not hold it'),
    modelStore: z
      .enum(modelStores)
      .default('database')
      .describe('Where models are kept beside the folder: database, for all who can reach it, or folder: nowhere else'),
    modelDirectory: name('modelDirectory').default('.smg/models').describe('Folder of the model files'),
  })
  .refine(({ model, writing }) => !writing.maskChannels || model.variant.startsWith('m-'), {
    path: ['writing', 'maskChannels'],
    error: 'expected false unless the variant is m-smg or m-smg-jk; the others have no masks per channel',
  })
  .refine(({ model }) => model.dropout === 0 || model.task !== 'regression', {
    path: ['model', 'dropout'],
    error: 'expected 0 with task regression; dropout is a part of the classifier',
  })
  .refine(
    ({ relationshipTypeWeights, relationshipFeatureProperties }) =>
      !relationshipTypeWeights || relationshipFeatureProperties.length === 0,
    {
      path: ['relationshipTypeWeights'],
      error:
        'expected false together with relationshipFeatureProperties; a network has matrices per type or an edge network',
    },
  )
  .refine(({ model, training }) => !training.classWeights || model.task !== 'regression', {
    path: ['training', 'classWeights'],
    error: 'expected false with task regression; there are no classes',
  })
  .refine(({ model, training }) => training.epochChoice === 'loss' || model.task !== 'regression', {
    path: ['training', 'epochChoice'],
    error: 'expected loss with task regression; only classes have an accuracy',
  })
  .refine(
    ({ model, evaluation }) =>
      (evaluation.search.parameters.variant ?? []).every((variant) => masksFitChannels({ ...model, variant })),
    {
      path: ['evaluation', 'search', 'parameters', 'variant'],
      ...channelMessage,
    },
  )
  .refine(
    ({ model, evaluation }) => model.task !== 'regression' || evaluation.search.parameters.dropout === undefined,
    {
      path: ['evaluation', 'search', 'parameters', 'dropout'],
      error: 'expected none with task regression; dropout is a part of the classifier',
    },
  )
  // Two projections in one folder would share a model by accident if its name had one default for all.
  .transform(({ model, ...config }) => ({
    ...config,
    model: { ...model, modelName: model.modelName ?? config.projection.name },
  }))
  .readonly()

/** The settings of smg.config.yaml, validated and with defaults filled in; docs/configuration.md has every key. */
export type Config = z.output<typeof configSchema>
/** The `neo4j` part. */
export type Neo4jOptions = Config['neo4j']
/** The `projection` part, of any kind. */
export type Projection = Config['projection']
export type MembershipProjection = Extract<Projection, { kind: 'membership' }>
export type PropertyProjection = Extract<Projection, { kind: 'property' }>
export type NeighbourhoodProjection = Extract<Projection, { kind: 'neighbourhood' }>
export type CypherProjection = Extract<Projection, { kind: 'cypher' }>
/** NATURAL, REVERSE or UNDIRECTED. */
export type Orientation = Projection['orientation']
/** `property` and `encoding` of a feature. */
export type FeatureProperty = Config['featureProperties'][number]
/** auto, oneHot, standardize or none. */
export type DegreeFeature = Config['degreeFeature']
/** The `model` part. */
export type ModelOptions = Config['model']
/** The `training` part. */
export type TrainingOptions = Config['training']
/** loss or accuracy. */
export type EpochChoice = TrainingOptions['epochChoice']
/** The `evaluation` part. */
export type EvaluationSettings = Config['evaluation']
export type Protocol = EvaluationSettings['protocol']
/** The `writing` part. */
export type WritingOptions = Config['writing']
