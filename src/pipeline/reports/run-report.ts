/** The page about a scoring run, from the catalog and from the graphs that it scored. */
import { ConfigError } from '../../errors.ts'
import { keyText } from '../../graph/subgraph.ts'
import type { Database } from '../../neo4j/database.ts'
import { showModel } from '../../neo4j/model-catalogue.ts'
import { showRun } from '../../neo4j/run-catalogue.ts'
import { modelReference } from '../../viewer/model-reference.ts'
import { type RunChanges, runReport as runPage } from '../../viewer/run-report.ts'
import { runDifference } from '../run-difference.ts'
import { projectionsOfCatalog } from '../view/viewed-projections.ts'
import { factsOf, numberOf, numbersOf, type Properties, textOf, textsOf } from './catalog-values.ts'
import { masksOfRun, outcomesOfRun, valuesOfRun } from './run-distributions.ts'

const words = [
  ['projection', 'projection'],
  ['model', 'model'],
  ['status', 'status'],
  ['error', 'error'],
  ['startedAt', 'started'],
  ['finishedAt', 'finished'],
  ['graphCount', 'graphs'],
  ['nodeCount', 'nodes'],
  ['scored', 'scored'],
  ['unchanged', 'unchanged'],
  ['retracted', 'retracted'],
  ['failed', 'failed'],
  ['nodePropertiesWritten', 'properties written'],
  ['totalMillis', 'milliseconds'],
] as const

const qualityWords = [
  ['maskDeletionFidelity', 'fall of the probability without the nodes with the highest masks'],
  ['maskRandomDeletionFidelity', 'without as many random nodes'],
  ['maskInsertionFidelity', 'fall with these nodes alone'],
  ['maskRandomInsertionFidelity', 'with as many random nodes alone'],
  ['maskSparsity', 'sparsity'],
  ['maskRocAuc', 'ROC AUC against the known cause'],
  ['maskStability', 'rank correlation between seeds'],
] as const

const changesShown = 20

/**
 * A whole HTML document.
 * @throws ConfigError where the catalog has no such run, or no configuration of its projection
 */
export async function runReport(database: Database, runId: string): Promise<string> {
  const [row] = await database.run(showRun, {}, { runId })
  if (row === undefined)
    throw new ConfigError(`Cannot report on the run '${runId}': there is none of that id; 'smg runs list' shows them`)
  const config = await projectionsOfCatalog(database).config(textOf(row.run['projection']))
  const model = await modelOf(database, row.model)
  const isRegression = config.model.task === 'regression'
  const { classes, agreement, graphCount } = await outcomesOfRun(database, config, {
    runId,
    names: isRegression ? [] : textsOf(model['classes']),
  })
  const values = (of: 'probability' | 'prediction', range: readonly [number, number] | null) =>
    valuesOfRun(database, config, { runId, of, range })
  return runPage({
    runId,
    facts: factsOf({ ...row.run, model: row.model }, words),
    graphCount,
    classes: isRegression ? [] : classes,
    agreement: isRegression ? null : agreement,
    probabilities: isRegression ? null : await values('probability', [0, 1]),
    numbers: isRegression ? await values('prediction', null) : null,
    masks: await masksOfRun(database, config, { runId, layers: numberOf(model['layers']) ?? config.model.layers }),
    maskQuality: qualityRows(row.run),
    changes: row.changedGraphs === 0 ? null : await changesOf(database, runId),
  })
}

/** Without properties where the model was dropped meanwhile. */
async function modelOf(database: Database, model: string | null): Promise<Properties> {
  if (model === null) return {}
  const [row] = await database.run(showModel, {}, modelReference(model))
  return row?.model ?? {}
}

function qualityRows(run: Properties): readonly (readonly [name: string, ...values: readonly number[]])[] {
  return qualityWords.flatMap(([property, inWords]) => {
    const value = run[property]
    const numbers = Array.isArray(value) ? numbersOf(value) : [numberOf(value) ?? []].flat()
    return numbers.length === 0 ? [] : [[inWords, ...numbers] as const]
  })
}

async function changesOf(database: Database, runId: string): Promise<RunChanges> {
  const difference = await runDifference(database, { from: runId, to: runId, limit: changesShown })
  return {
    ...difference,
    largest: difference.changes.map(({ key, before, after, difference: size }) => ({
      key: keyText(key),
      before,
      after,
      difference: size,
    })),
  }
}
