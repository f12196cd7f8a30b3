/** The options of library calls that compute: `fit` and `predict`. */
import { z } from 'zod'
import { fitMaskQualitySchema } from './mask-quality-options.ts'
import { type TrainingOptions, trainingSchema } from './schema.ts'

/** Options of every call that computes. */
export interface CallOptions {
  /** Ends the call with an InterruptedError. */
  readonly signal?: AbortSignal | undefined
  /** Default: native; where there is no native library for the platform, wasm or else cpu */
  readonly backend?: 'native' | 'wasm' | 'cpu' | undefined
  /** Told in one sentence what the result does not show: a slow backend, edges that the model does not see. */
  readonly onWarning?: ((warning: string) => void) | undefined
}

/** The `training` part of smg.config.yaml, with the same defaults. */
export type TrainingSettings = { readonly [Name in keyof TrainingOptions]?: TrainingOptions[Name] | undefined }

/** A function; the compiler knows its parameters. */
const callback = z.custom<CallableFunction>((value) => typeof value === 'function', 'expected a function')
const callOptions = {
  signal: z.instanceof(AbortSignal).optional(),
  backend: z.enum(['native', 'wasm', 'cpu']).optional(),
  onWarning: callback.optional(),
}

const nodes = z.array(z.string()).readonly()
const maskWords = "expected numbers from 0 to 1 or 'learned', one or a list of one for each layer"
const mask = z.union([z.literal('learned'), z.number().min(0).max(1)], maskWords)
/** A value for all graphs, or a function that tells that of each. */
const perGraph = <T extends z.ZodType>(value: T, words: string) =>
  z.union([value, callback], `expected ${words}, or a function from a graph to it`).optional()

const maskOptions = {
  without: perGraph(nodes, 'a list of node keys'),
  onlySubgraph: perGraph(nodes, 'a list of node keys'),
  subgraphStack: perGraph(z.array(nodes), 'a list of node keys for each layer'),
  masks: perGraph(z.map(z.string(), z.union([mask, z.array(mask)], maskWords)), 'a Map from node keys to masks'),
}

type MaskOptionsGiven = { readonly [Name in keyof typeof maskOptions]?: unknown }

function maskOptionCount({ without, onlySubgraph, subgraphStack, masks }: MaskOptionsGiven): number {
  return [without, onlySubgraph, subgraphStack, masks].filter((given) => given !== undefined).length
}

/** All of them would leave open which counts. */
function givesOneMaskOption(options: MaskOptionsGiven): boolean {
  return maskOptionCount(options) <= 1
}
const oneMaskOption = {
  error: 'expected one of without, onlySubgraph, subgraphStack and masks, got several; say all of it in masks',
}

export const fitSchema = z
  .strictObject({
    ...callOptions,
    ...maskOptions,
    ...trainingSchema.unwrap().shape,
    version: z
      .string()
      .regex(/^[1-9]\d{0,14}$/, 'expected a number as text, such as 2')
      .optional(),
    now: callback.optional(),
    onEpoch: callback.optional(),
    maskQuality: fitMaskQualitySchema.optional(),
  })
  .refine(givesOneMaskOption, oneMaskOption)
  .refine(({ maskQuality, ...options }) => maskQuality === undefined || maskOptionCount(options) === 0, {
    path: ['maskQuality'],
    error:
      'expected none together with given masks, of which nothing is learned; measure a model that was trained without',
  })

export const openPredictorSchema = z.strictObject({ backend: callOptions.backend, onWarning: callOptions.onWarning })

export const predictSchema = z
  .strictObject({
    ...callOptions,
    ...maskOptions,
    limits: z
      .strictObject({
        graphs: z.int().min(1).optional(),
        nodes: z.int().min(1).optional(),
        edges: z.int().min(1).optional(),
      })
      .optional(),
  })
  .refine(givesOneMaskOption, oneMaskOption)
