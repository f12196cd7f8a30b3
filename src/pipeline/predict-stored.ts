/** What a model says of single graphs of the database. Writes nothing. */
import type { Config } from '../config/schema.ts'
import { className } from '../graph/classes.ts'
import { encodeGraph } from '../graph/encode.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { Key } from '../graph/subgraph.ts'
import { loadBackend } from '../model/backend.ts'
import type { TrainedModel } from '../model/model.ts'
import type { Database } from '../neo4j/database.ts'
import { createScorer, type Score, type Scorer } from '../scoring/score.ts'
import { existingModel } from './current-model.ts'
import { graphsByKey } from './graphs-by-key.ts'
import { preflight } from './preflight.ts'
import type { Source } from './source.ts'
import { addUnseen, nothingUnseen, warningsOf } from './unseen.ts'

/** Name of the most probable class with its probabilities, or the number of a regression. */
export type Outcome = Pick<Score, 'prediction' | 'probability' | 'probabilities'>

export interface StoredPrediction extends Outcome {
  readonly key: Key
}

export interface StoredPredictions {
  /** "name:version" */
  readonly model: string
  /** In the order of probabilities; none for a regression. */
  readonly classes: readonly string[]
  readonly graphs: readonly StoredPrediction[]
  readonly warnings: readonly string[]
}

/** Graphs of the database, ready to be scored. */
export interface Scorable {
  readonly scorer: Scorer
  readonly model: TrainedModel
  readonly graphs: readonly EncodedGraph[]
  readonly warnings: readonly string[]
}

/**
 * Predictions of the graphs with these keys as they are now, by the latest model.
 *
 * @throws SourceDataError naming graphs that there are not, or that cannot be used; ModelFileError without a model; ConfigError;
 * InterruptedError once the signal is aborted
 */
export async function predictStored(
  database: Database,
  config: Config,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<StoredPredictions> {
  return withScorable({ database, config, signal }, keys, async ({ scorer, model, graphs, warnings }) => ({
    ...modelOf(model),
    graphs: (await scorer.score(graphs, { signal })).map((score) => ({ key: score.key, ...outcomeOf(score) })),
    warnings,
  }))
}

/** Reads graphs and model for `work`, and gives the memory of the model back after. Errors as {@link predictStored}. */
export async function withScorable<T>(
  { database, config, signal }: Omit<Source, 'summary'>,
  keys: readonly string[],
  work: (scorable: Scorable) => Promise<T>,
): Promise<T> {
  const summary = await preflight(database, config)
  const model = await existingModel(database, config)
  const unseen = nothingUnseen()
  const graphs = (await graphsByKey({ database, config, summary, signal }, keys)).map((subgraph) => {
    const result = encodeGraph(subgraph, model.featureSchema, model)
    addUnseen(unseen, result)
    return result.encoded
  })
  const { warning } = await loadBackend()
  const scorer = createScorer(model)
  try {
    return await work({
      scorer,
      model,
      graphs,
      warnings: [...(warning === undefined ? [] : [warning]), ...warningsOf(unseen)],
    })
  } finally {
    scorer.dispose()
  }
}

export function modelOf({ name, version, classes }: TrainedModel): Pick<StoredPredictions, 'model' | 'classes'> {
  return { model: `${name}:${version}`, classes: classes.map(className) }
}

export function outcomeOf({ prediction, probability, probabilities }: Outcome): Outcome {
  return { prediction, probability, probabilities }
}
