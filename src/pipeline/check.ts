/** `smg check`: everything that could fail later, before any work. */
import type { Config } from '../config/schema.ts'
import { className } from '../graph/classes.ts'
import { loadBackend } from '../model/backend.ts'
import { writeCheck } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { currentModel } from './current-model.ts'
import { type Estimate, estimateProjection } from './estimate.ts'
import { preflight } from './preflight.ts'
import type { Source } from './source.ts'
import { readTrainingData } from './training-data.ts'

export interface CheckResult {
  readonly server: string
  readonly database: string
  readonly backend: string
  readonly graphCount: number
  /** Graphs with a target, by what they would be used for. */
  readonly trainGraphCount: number
  readonly validationGraphCount: number
  readonly testGraphCount: number
  readonly task: Config['model']['task']
  /** None for a regression. */
  readonly classes: readonly string[]
  readonly featureCount: number
  /** "name:version" of the model that a sync would use, `null` if it would train one. */
  readonly model: string | null
  /** What a sync would do and take. */
  readonly estimate: Estimate
  readonly warnings: readonly string[]
}

export interface CheckOptions {
  readonly signal?: AbortSignal | undefined
  readonly onRead?: ((done: number, total: number) => void) | undefined
  /** As in an estimate. */
  readonly residentBytes?: (() => number) | undefined
}

/** Reads and encodes all graphs as training would, loads backend and model, and tries to write; changes nothing. */
export async function check(
  database: Database,
  config: Config,
  { signal, onRead, residentBytes }: CheckOptions,
): Promise<CheckResult> {
  const summary = await preflight(database, config)
  await database.run(writeCheck, {}, {})
  const backend = await loadBackend()
  const source: Source = { database, config, summary, signal }
  const existing = (await currentModel(database, config))?.model ?? null
  const resident = residentBytes?.()
  const { split, classes, featureSchema } = await readTrainingData(source, onRead)
  // Once it is known that all graphs can be used. The memory that they took is not that of a sync.
  const memory = resident === undefined ? undefined : () => resident
  const estimate = await estimateProjection(database, config, summary, { signal, residentBytes: memory })
  return {
    server: `Neo4j ${database.serverVersion} at ${database.uri}`,
    database: database.name,
    backend: backend.name,
    graphCount: summary.graphCount,
    trainGraphCount: split.train.length,
    validationGraphCount: split.validation.length,
    testGraphCount: split.test.length,
    task: config.model.task,
    classes: classes.map(className),
    featureCount: featureSchema.featureCount,
    model: existing === null ? null : `${existing.name}:${existing.version}`,
    estimate,
    warnings: backend.warning === undefined ? [] : [backend.warning],
  }
}
