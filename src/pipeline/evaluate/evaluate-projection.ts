/** What an evaluation has to do with the database: it reads the graphs of a projection, and keeps the outcome in the catalog. */
import type { Config } from '../../config/schema.ts'
import type { Database } from '../../neo4j/database.ts'
import { recordEvaluation } from '../../write-back/catalog.ts'
import { preflight } from '../preflight.ts'
import type { LabelledGraphs } from './dataset-graphs.ts'
import type { Evaluation } from './evaluate.ts'
import { evaluationRecord } from './evaluation-record.ts'
import { readProjectionGraphs } from './projection-graphs.ts'

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
  readonly onRead?: ((done: number, total: number) => void) | undefined
}

/** @throws ConfigError, SourceDataError as {@link preflight} and {@link readProjectionGraphs} */
export async function graphsToEvaluate(
  database: Database,
  config: Config,
  { signal, onRead }: ReadOptions,
): Promise<LabelledGraphs> {
  return readProjectionGraphs({ database, config, summary: await preflight(database, config), signal }, onRead)
}

/** The same evaluation again replaces its nodes; its id. @param finishedAt ISO 8601 */
export async function keepEvaluation(
  database: Database,
  config: Config,
  { evaluation, finishedAt }: { readonly evaluation: Evaluation; readonly finishedAt: string },
): Promise<string> {
  const record = evaluationRecord(evaluation, config, finishedAt)
  await recordEvaluation(database, record)
  return record.evaluationId
}
