/** results.json, RESULTS.md and its pictures, made of the files in bench/reproduce/results. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pairedDifference } from '../../src/pipeline/evaluate/paired-difference.ts'
import { markdownTable, signed } from './markdown-table.ts'
import { type StoredResult, storedResults } from './stored-results.ts'
import { trainingCurves } from './training-curves.ts'
import { type TrainingCurve, trainingFigure } from './training-figure.ts'

/** @param folder bench/reproduce */
export async function writeTables(folder: string): Promise<void> {
  const results = await storedResults(join(folder, 'results'))
  const rows = results.map(({ row, isGiven, config }) => {
    const epochChoice = row.protocol === 'nested' ? config.training.epochChoice : null
    return JSON.stringify({ ...row, isGiven, epochChoice })
  })
  await writeFile(join(folder, 'results.json'), `[\n${rows.join(',\n')}\n]\n`)
  const figures = trainingCurves(results)
  for (const [dataset, curves] of figures)
    await writeFile(join(folder, figureFile(dataset)), trainingFigure(dataset, curves))
  await writeFile(join(folder, 'RESULTS.md'), markdown(results, figures))
}

function markdown(results: readonly StoredResult[], figures: ReadonlyMap<string, readonly TrainingCurve[]>): string {
  const sections = [modelTable(results), baselineTable(results), trainingSection(figures)]
  return `# Reproduction

Accuracy in %, mean ± population standard deviation over folds. Made by \`npm run bench:reproduce\` from the files in results/.
Protocol **gin** (that of the published numbers) reports the epoch with the highest mean over folds of the *test* accuracy, so it
selects on test data. Protocol **nested** chooses each fold's epoch on a validation part of its training part, by its loss or (*by accuracy*) by its
accuracy, and where settings are searched those as well. Folds are stratified by a seed, or those given in files. Hours are those of all trainings, one after the other, on the two cores that ran two of them side by side.

${sections.filter((section) => section !== '').join('\n\n')}
`
}

const baselines: ReadonlySet<string> = new Set(['gin', 'gat', 'linear', 'smg-1'])
const isWhole = ({ row }: StoredResult) => row.folds > 2
/** Comparisons are of folds that all have run on, with the epoch chosen alike. */
const isOfSeed = ({ isGiven, row, config }: StoredResult) =>
  !isGiven && row.seed === 1 && config.training.epochChoice === 'loss'

/** The model itself, with the settings published or searched. */
function modelTable(results: readonly StoredResult[]): string {
  const head = [
    'data set',
    'model',
    'protocol',
    'folds',
    'epochs',
    'epoch',
    'measured',
    'published',
    'difference',
    'hours',
  ]
  return markdownTable(
    head,
    results
      .filter((result) => isWhole(result) && !baselines.has(result.row.variant))
      .map(({ row, isGiven, published, config, folds, trainSeconds }) => {
        const isComparable = published !== null && row.protocol === 'gin'
        return [
          row.dataset,
          row.variant,
          config.training.epochChoice === 'loss' ? row.protocol : `${row.protocol}, by ${config.training.epochChoice}`,
          isGiven ? `${row.folds} given` : `${row.folds}, seed ${row.seed}`,
          Math.max(config.training.epochs, ...folds.map(({ epochs }) => epochs)),
          row.protocol === 'gin' ? row.epoch : `${row.epoch} (mean)`,
          spread(row),
          isComparable ? spread(published) : '',
          isComparable ? signed(row.mean - published.mean) : '',
          (trainSeconds / 3600).toFixed(2),
        ]
      }),
  )
}

/** What it is compared with, on the same folds. */
function baselineTable(results: readonly StoredResult[]): string {
  const nested = results.filter((result) => isWhole(result) && isOfSeed(result) && result.row.protocol === 'nested')
  const others = nested.filter(({ row }) => baselines.has(row.variant) || row.variant === 'searched')
  if (others.length === 0) return ''
  const rows = others.flatMap((other) => {
    const model = nested.find(
      ({ row }) => row.dataset === other.row.dataset && !baselines.has(row.variant) && row.variant !== 'searched',
    )
    if (model === undefined) return []
    return [[other.row.dataset, other.row.variant, spread(other.row), spread(model.row), difference(model, other)]]
  })
  return `## Beside baselines, and with settings that were searched

Protocol nested, on the same folds. The difference is that of the model with its published settings less the other one, with the 95 %
interval of the corrected resampled t-test (Nadeau and Bengio 2003).

${markdownTable(['data set', 'other', 'its accuracy', "the model's", 'difference'], rows)}`
}

function difference(model: StoredResult, other: StoredResult): string {
  const { mean, interval } = pairedDifference(
    model.folds.map(({ test, testCount = Number.NaN, trainCount = Number.NaN }, i) => ({
      difference: 100 * (test.accuracy - (other.folds[i]?.test.accuracy ?? Number.NaN)),
      testCount,
      trainCount,
    })),
  )
  return interval === null ? signed(mean) : `${signed(mean)} (${signed(interval[0])} to ${signed(interval[1])})`
}

const shownEpochs = [1, 5, 10, 25, 50, 75, 100]

/** Figure 3 of the paper. */
function trainingSection(figures: ReadonlyMap<string, readonly TrainingCurve[]>): string {
  if (figures.size === 0) return ''
  const rows = [...figures].flatMap(([dataset, curves]) =>
    curves.map(({ model, accuracies }) => [
      dataset,
      model,
      ...shownEpochs.map((epoch) => percent(accuracies[epoch - 1])),
    ]),
  )
  return `## Accuracy on the training part (figure 3 of the paper)

In %, without dropout, mean over two folds, after so many epochs; every epoch is in results/.

${markdownTable(['data set', 'model', ...shownEpochs.map(String)], rows)}

${[...figures.keys()].map((dataset) => `![Accuracy on the training part, ${dataset}](${figureFile(dataset)})`).join('\n\n')}`
}

function figureFile(dataset: string): string {
  return `training-${dataset}.svg`
}

function percent(fraction: number | undefined): string {
  return fraction === undefined ? '' : (100 * fraction).toFixed(1)
}

function spread({ mean, std }: { readonly mean: number; readonly std: number }): string {
  return `${mean.toFixed(1)} ± ${std.toFixed(1)}`
}
