/** The options of `createModel`, as they are written and as they are used. */
import { z } from 'zod'
import { channelMessage, masksFitChannels } from './model-schema.ts'
import {
  type DegreeFeature,
  encodings,
  type FeatureProperty,
  type ModelOptions,
  modelSchema,
  type Orientation,
  orientations,
} from './schema.ts'

/**
 * An attribute that the model reads: its name, or its name and encoding. Default: auto, one-hot for text and booleans,
 * standardised for numbers and lists of numbers; numbers that are codes need oneHot.
 */
export type AttributeFeature =
  | string
  | { readonly attribute: string; readonly encoding?: FeatureProperty['encoding'] | undefined }

/** All options of `createModel`; none is needed but those that say what your graphs look like. */
export interface CreateModelOptions {
  /** Name that it is saved under. Default: model */
  readonly name?: string | undefined
  /**
   * Graph attribute to learn; several for a regression of several targets. Default: target. Not read from a graph whose
   * target is given beside it.
   */
  readonly target?: string | readonly string[] | undefined
  /** classification: the target is text, a boolean or an integer; regression: a number. Default: by whether there are several targets */
  readonly task?: ModelOptions['task'] | undefined
  /** Node attributes that the model reads; F is the number of columns that they and the degree become. Default: none */
  readonly nodeFeatures?: readonly AttributeFeature[] | undefined
  /** Number of neighbours as a feature. Default: auto, only where there are no nodeFeatures */
  readonly degreeFeature?: DegreeFeature | undefined
  /** Along, against or both ways of directed edges; undirected edges always go both ways. Default: UNDIRECTED */
  readonly orientation?: Orientation | undefined
  /** Edge attribute, a number, that is the edge's factor in sums over neighbours. Default: none, all count 1 */
  readonly edgeWeight?: string | undefined
  /** Edge attribute, text, a boolean or an integer, that chooses among weight matrices. Default: none */
  readonly edgeType?: string | undefined
  /** Edge attributes that the edge network reads; De is the number of their columns. Not together with edgeType. Default: none */
  readonly edgeFeatures?: readonly AttributeFeature[] | undefined
  /** smg: readout of the last layer; -jk: of all layers, joined; m-: a mask per channel. Default: smg-jk */
  readonly variant?: ModelOptions['variant'] | undefined
  /** Default: sum */
  readonly readout?: ModelOptions['readout'] | undefined
  /** Number of layers, K. Default: 3 */
  readonly layers?: number | undefined
  /** Hidden units, H. Default: 64 */
  readonly hidden?: number | undefined
  /** Affine projection of the features before the first layer. Default: true */
  readonly inputProjection?: boolean | undefined
  /** Hidden units of the edge network. Default: 128 */
  readonly edgeHidden?: number | undefined
  /** Dropout probability in the classifier, training only. Default: 0 */
  readonly dropout?: number | undefined
}

/** What `createModel` makes of its options: plain data, nothing learned yet. */
export interface GraphModel {
  readonly options: ModelOptions
  /** Graph attributes. [C] in a regression */
  readonly targets: readonly string[]
  readonly nodeFeatures: readonly FeatureProperty[]
  readonly degreeFeature: DegreeFeature
  readonly orientation: Orientation
  readonly edgeWeight: string | null
  readonly edgeType: string | null
  readonly edgeFeatures: readonly FeatureProperty[]
}

const attribute = z.string().min(1, 'the name of an attribute must not be empty')

const feature = z.union([
  attribute.transform((property): FeatureProperty => ({ property, encoding: 'auto' })),
  z
    .strictObject({ attribute, encoding: z.enum([...encodings, 'auto']).default('auto') })
    .transform(({ attribute: property, encoding }): FeatureProperty => ({ property, encoding })),
])

const { modelName, task, ...architecture } = modelSchema.unwrap().shape

const createSchema = z
  .strictObject({
    ...architecture,
    name: modelName.default('model'),
    task: task.unwrap().optional(),
    target: z.union([attribute.transform((name) => [name]), z.array(attribute).min(1).readonly()]).default(['target']),
    nodeFeatures: z.array(feature).readonly().default([]),
    degreeFeature: z.enum(['auto', 'oneHot', 'standardize', 'none']).default('auto'),
    orientation: z.enum(orientations).default('UNDIRECTED'),
    edgeWeight: attribute.optional(),
    edgeType: attribute.optional(),
    edgeFeatures: z.array(feature).readonly().default([]),
  })
  .refine(({ target, task }) => target.length === 1 || task !== 'classification', {
    error: 'task: expected regression for several targets, got classification; name one target, or leave task out',
  })
  .refine(({ target, task, dropout }) => dropout === 0 || (target.length === 1 && task !== 'regression'), {
    error: 'dropout: expected 0 for a regression; dropout is a part of the classifier',
  })
  .refine(({ nodeFeatures, degreeFeature }) => nodeFeatures.length > 0 || degreeFeature !== 'none', {
    error:
      "nodeFeatures: expected some, or a degreeFeature, got neither; name an attribute or set degreeFeature to 'auto'",
  })
  .refine(masksFitChannels, channelMessage)
  .refine(({ edgeType, edgeFeatures }) => edgeType === undefined || edgeFeatures.length === 0, {
    error:
      'edgeType: expected none together with edgeFeatures, got both, and a network has matrices per type or an edge network; list the type in edgeFeatures instead',
  })
  .transform(
    ({
      name,
      task,
      target,
      edgeWeight,
      edgeType,
      nodeFeatures,
      degreeFeature,
      orientation,
      edgeFeatures,
      ...rest
    }) => ({
      options: { ...rest, modelName: name, task: task ?? (target.length > 1 ? 'regression' : 'classification') },
      targets: target,
      nodeFeatures,
      degreeFeature,
      orientation,
      edgeWeight: edgeWeight ?? null,
      edgeType: edgeType ?? null,
      edgeFeatures,
    }),
  )

export const createModelSchema: z.ZodType<GraphModel, CreateModelOptions> = createSchema
