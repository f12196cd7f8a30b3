/** What decides the weights that a training ends with: an attempt that differs in any of it is another training. */
import type { ModelOptions, Orientation, TrainingOptions } from '../config/schema.ts'
import { graphsDigest } from '../graph/graphs-digest.ts'
import { sha256 } from '../model/manifest.ts'
import type { TrainingIdentity } from '../model/training-checkpoint.ts'
import type { TrainingData } from './trained-model.ts'

export interface TrainingIdentityInput {
  readonly data: Omit<TrainingData, 'givenMasks'>
  readonly options: ModelOptions
  readonly training: TrainingOptions
  readonly targetProperty: string
  readonly orientation: Orientation
  /** Version that the model gets. */
  readonly version: string
  /** Name and version of the backend. */
  readonly backend: string
}

/** Settings by their keys in smg.config.yaml, the data by what it is. */
export function trainingIdentity({ data, options, training, ...rest }: TrainingIdentityInput): TrainingIdentity {
  const { classes, split, featureSchema, edgeSchema, train, validation } = data
  return {
    ...prefixed('model', options),
    ...prefixed('training', training),
    ...rest,
    classes: text(classes),
    features: sha256(text([featureSchema, edgeSchema ?? null])),
    split: sha256(text(split)),
    graphs: sha256(graphsDigest(train) + graphsDigest(validation)),
  }
}

function prefixed(prefix: string, settings: object): TrainingIdentity {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${prefix}.${key}`, text(value)]))
}

/** JSON, in which an INTEGER 7 differs from the text "7". */
function text(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? { integer: `${item}` } : item)) ?? ''
  )
}
