/** A scoring run's node in the catalog, made when the first score is about to be written. */
import { InterruptedError, messageOf } from '../errors.ts'
import { className } from '../graph/classes.ts'
import { networkShapeOf, type TrainedModel } from '../model/model.ts'
import { embeddingSize } from '../model/parameters.ts'
import { type ModelRecord, recordModel, recordRunEnd, recordRunStart } from '../write-back/catalog.ts'
import { maskQualityProperties } from './mask-quality/mask-quality-properties.ts'
import { reportedMetrics } from './reported-metrics.ts'
import type { Source } from './source.ts'

export interface RunRecorder {
  isStarted(): boolean
  /** Records model and run; harmless when repeated. */
  start(): Promise<void>
  /** Records a complete run with its counts. */
  finish(counts: object): Promise<void>
  /** Records the failure where the database still answers; the failure itself is for the caller to throw. */
  fail(thrown: unknown): Promise<void>
}

export function createRunRecorder(
  { database, config }: Source,
  model: TrainedModel | null,
  { now, runId }: { readonly now: () => Date; readonly runId: string },
): RunRecorder {
  let started = false
  let starting: Promise<void> | undefined
  const end = async (
    status: 'FINISHED' | 'FAILED' | 'CANCELED',
    properties: Record<string, bigint | string | null>,
  ) => {
    if (started) await recordRunEnd(database, runId, { status, finishedAt: now().toISOString(), properties })
  }
  const begin = async () => {
    if (model === null) return
    await recordModel(database, modelRecord(model))
    await recordRunStart(database, {
      runId,
      projection: config.projection.name,
      modelName: model.name,
      modelVersion: model.version,
      startedAt: now().toISOString(),
      properties: maskQualityProperties(model.maskQuality),
    })
    started = true
  }
  return {
    isStarted: () => started,
    start: () => {
      starting ??= begin()
      return starting
    },
    finish: (counts) => end('FINISHED', integersOf(counts)),
    fail: (thrown) =>
      end(thrown instanceof InterruptedError ? 'CANCELED' : 'FAILED', { error: messageOf(thrown) }).catch(
        () => undefined,
      ),
  }
}

/** The counts and times of a result as INTEGERs. */
function integersOf(counts: object): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, value]) => (typeof value === 'number' ? [[name, BigInt(value)]] : [])),
  )
}

function modelRecord(model: TrainedModel): ModelRecord {
  const { options, metrics, split } = model
  return {
    name: model.name,
    version: model.version,
    trainedAt: model.createdAt,
    properties: {
      task: options.task,
      variant: options.variant,
      readout: options.readout,
      layers: BigInt(options.layers),
      hidden: BigInt(options.hidden),
      targetProperty: model.targetProperty,
      featureProperties: model.featureSchema.groups.flatMap((group) => ('property' in group ? [group.property] : [])),
      classes: model.classes.map(className),
      embeddingDimensions: BigInt(embeddingSize(networkShapeOf(model))),
      epochs: BigInt(model.history.length),
      bestEpoch: BigInt(model.bestEpoch),
      trainGraphCount: BigInt(split.train.length),
      validationGraphCount: BigInt(split.validation.length),
      testGraphCount: BigInt(split.test.length),
      ...reportedMetrics(metrics),
    },
  }
}
