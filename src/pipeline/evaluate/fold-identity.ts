/** What decides the numbers of a record: one of another evaluation is of no use. */
import { createHash } from 'node:crypto'
import type { Config } from '../../config/schema.ts'
import { foldFormat } from '../../model/fold-record.ts'
import { sha256 } from '../../model/manifest.ts'
import { edgeOptions } from '../relationship-options.ts'
import type { EvaluationGraphs } from './encode-fold.ts'
import type { LearnerKind } from './learner.ts'
import type { FoldTask } from './protocol.ts'

export interface FoldSettings {
  readonly kind: LearnerKind
  readonly config: Config
  readonly task: FoldTask
  readonly withTrainingCurve: boolean
  /** Name and version of the backend. */
  readonly backend: string
  /** {@link evaluationDigest} of the graphs. */
  readonly graphs: string
  /** Identities of the trainings that can end this one, where there are some. */
  readonly rivals?: readonly string[] | undefined
}

/** How many epochs are wanted, and which one counts, plays no part: a training goes on to more of them. */
export function foldIdentity(settings: FoldSettings): string {
  const { kind, withTrainingCurve, backend, task, graphs, rivals, config } = settings
  const { modelName: _name, ...model } = config.model
  const { epochs: _epochs, patience: _patience, epochChoice: _choice, ...training } = config.training
  const { featureProperties, degreeFeature, projection } = config
  const { orientation } = projection
  const edges = edgeOptions(config)
  const data = { featureProperties, degreeFeature, orientation, edges }
  return sha256(
    text({ kind, withTrainingCurve, backend, task, graphs, rivals, format: foldFormat, model, training, ...data }),
  )
}

/** SHA-256 over keys, targets, values and edges of the graphs, in their order. */
export function evaluationDigest({ tables, classes, numbers }: EvaluationGraphs): string {
  const hash = createHash('sha256').update(`${text([classes, numbers && [...numbers]])}\n`)
  for (const { sources, targets, ...table } of tables.values()) {
    hash.update(`${text([table, sources.length])}\n`)
    for (const { buffer, byteOffset, byteLength } of [sources, targets])
      hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return hash.digest('hex')
}

/** JSON, in which an INTEGER 7 differs from the text "7", and not every number that is none is null. */
function text(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' || (typeof item === 'number' && !Number.isFinite(item)) ? { number: `${item}` } : item,
  )
}
