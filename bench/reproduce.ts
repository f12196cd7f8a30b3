/**
 * The published tables again: cross-validation of one data set after the other, by one of the two protocols:
 *
 *     npm run bench:reproduce -- --data ../shared/data --protocol gin [MUTAG PROTEINS …]
 *
 * What each training leaves is kept in the user's cache: killed and called again, it goes on where it was. A finished data set
 * becomes a file in bench/reproduce/results.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'commander'
import envPaths from 'env-paths'
import { positiveCount, wholeNumber } from '../src/cli/whole-numbers.ts'
import { protocols } from '../src/config/evaluation-schema.ts'
import { epochChoices } from '../src/config/model-schema.ts'
import type { EpochChoice, Protocol } from '../src/config/schema.ts'
import { stratifiedFolds } from '../src/graph/cross-validation.ts'
import { readDatasetGraphs } from '../src/pipeline/evaluate/dataset-graphs.ts'
import { evaluateGraphs } from '../src/pipeline/evaluate/evaluate-graphs.ts'
import { readFoldFiles } from '../src/pipeline/evaluate/fold-files.ts'
import { knownGraphs } from '../src/pipeline/evaluate/known-graphs.ts'
import { type LearnerKind, learnerKinds } from '../src/pipeline/evaluate/learner.ts'
import { searchTrials } from '../src/pipeline/evaluate/search-trials.ts'
import type { DatasetSettings } from '../src/pipeline/stored-dataset.ts'
import { type Experiment, readExperiment } from './reproduce/experiment.ts'
import { resultOf } from './reproduce/result.ts'
import { writeTables } from './reproduce/tables.ts'

interface Options {
  readonly data: string
  readonly learner: LearnerKind
  readonly variant?: string
  readonly protocol: Protocol
  readonly folds: number
  readonly onlyFolds?: number
  readonly foldFiles?: string
  readonly seed: number
  readonly processes: number
  readonly epochs?: number
  readonly trainingCurve?: true
  readonly search?: true
  readonly epochChoice?: EpochChoice
}

const repository = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../../..', import.meta.url))
const folder = join(repository, 'bench', 'reproduce')
const [configs, results] = [join(folder, 'configs'), join(folder, 'results')]
const records = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'reproduce')

await new Command('reproduce')
  .description('Cross-validates the published configurations')
  .argument('[experiments...]', 'names of configurations; default: all')
  .requiredOption('--data <folder>', 'folder of the zips')
  .addOption(new Option('--protocol <name>', 'how the epoch is chosen').choices([...protocols]).default('gin'))
  .addOption(new Option('--learner <kind>', 'what is trained').choices([...learnerKinds]).default('smg'))
  .option('--variant <name>', 'of the model, instead of that of the configuration')
  .option('--folds <n>', 'number of folds', positiveCount, 10)
  .option('--only-folds <n>', 'run so many of them', positiveCount)
  .option('--fold-files <folder>', 'given folds, of each data set in a folder of its name, instead of seeded ones')
  .option('--seed <n>', 'of folds, weights, batches and dropout', wholeNumber, 1)
  .option('--processes <n>', 'trainings at a time', positiveCount, availableParallelism())
  .option(
    '--epochs <n>',
    'of each training, instead of those of the configuration; a later call goes on to more',
    positiveCount,
  )
  .option('--training-curve', 'keep the accuracy on the training part after each epoch')
  .option('--search', 'choose settings on validation data, as the configuration says')
  .addOption(
    new Option('--epoch-choice <measure>', 'of the validation part, by protocol nested. Default: loss').choices([
      ...epochChoices,
    ]),
  )
  .action(run)
  .parseAsync()

async function run(experiments: readonly string[], options: Options): Promise<void> {
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const all = (await readdir(configs)).map((file) => file.replace(/\.json$/, ''))
  await mkdir(results, { recursive: true })
  for (const name of experiments.length > 0 ? experiments : all) {
    const { row, file } = await reproduced(name, options, interrupt.signal)
    await writeTables(folder)
    console.log(JSON.stringify(row), file)
  }
}

/** Evaluates one data set and writes what came of it. */
async function reproduced(name: string, options: Options, signal: AbortSignal) {
  const {
    data,
    learner,
    protocol,
    folds,
    onlyFolds,
    foldFiles,
    seed,
    processes,
    trainingCurve,
    search = false,
  } = options
  const experiment = await readExperiment(join(configs, `${name}.json`))
  const labelled = await readDatasetGraphs(join(data, `${experiment.dataset}.zip`), settingsOf(experiment, options), {
    signal,
  })
  const words = [
    options.variant,
    search ? 'search' : undefined,
    learner === 'smg' ? undefined : learner,
    foldFiles && 'given',
    options.epochChoice,
  ]
  const id = [name, ...words, protocol, onlyFolds ?? folds, seed].filter((word) => word !== undefined).join('-')
  const { groups } = knownGraphs(labelled)
  const everyFold = foldFiles
    ? await readFoldFiles(
        join(foldFiles, experiment.dataset),
        labelled.graphs.map(({ key }) => key),
      )
    : stratifiedFolds(groups, { folds, randomSeed: seed })
  const trials = search ? searchTrials(labelled.config, seed) : undefined
  const [summary] = await evaluateGraphs(labelled, [{ kind: learner, trials }], {
    protocol,
    folds,
    given: everyFold.slice(0, onlyFolds),
    repeats: 1,
    randomSeed: seed,
    validationFraction: experiment.validationFraction,
    folder: join(records, name),
    processes,
    withTrainingCurve: trainingCurve,
    signal,
    onEpoch: eachMinute((done, of, minutes) => console.error(`${id}: ${done} of ${of} epochs, ${minutes} min`)),
  })
  if (summary === undefined) throw new Error(`Cannot reproduce ${name}: got no summary`)
  const isPublished = learner === 'smg' && !search && options.variant === undefined && onlyFolds === undefined
  const published = isPublished ? experiment.published : null
  const machine = { cores: cpus().length, node: process.version }
  const result = resultOf({
    name,
    learner,
    search,
    isGiven: foldFiles !== undefined,
    published,
    labelled,
    summary,
    seed,
    machine,
  })
  const file = join(results, `${id}.json`)
  await writeFile(file, `${JSON.stringify(result)}\n`)
  return { row: result.row, file }
}

function settingsOf({ settings, search }: Experiment, options: Options): DatasetSettings {
  if (options.search && search === undefined) throw new Error('Cannot search: expected search in the configuration')
  const { epochChoice } = options
  const { epochs, patience } = (options.search && search) || { epochs: options.epochs, patience: options.epochs }
  return {
    ...settings,
    model: { ...settings.model, ...(options.variant && { variant: options.variant }) },
    training: { ...settings.training, ...(epochs && { epochs, patience }), ...(epochChoice && { epochChoice }) },
    ...(search && { evaluation: { search: { maxTrials: search.maxTrials, parameters: search.parameters } } }),
  }
}

function eachMinute(tell: (done: number, of: number, minutes: number) => void) {
  const startedAt = performance.now()
  let told = startedAt
  return (done: number, of: number) => {
    const now = performance.now()
    if (now - told < 60_000) return
    told = now
    tell(done, of, Math.round((now - startedAt) / 60_000))
  }
}
