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
import { protocols } from '../src/config/evaluation-schema.ts'
import type { Protocol } from '../src/config/schema.ts'
import { readDatasetGraphs } from '../src/pipeline/evaluate/dataset-graphs.ts'
import { evaluateGraphs } from '../src/pipeline/evaluate/evaluate-graphs.ts'
import { type LearnerKind, learnerKinds } from '../src/pipeline/evaluate/learner.ts'
import { readExperiment } from './reproduce/experiment.ts'
import { resultOf } from './reproduce/result.ts'
import { writeTables } from './reproduce/tables.ts'

interface Options {
  readonly data: string
  readonly learner: LearnerKind
  readonly protocol: Protocol
  readonly folds: number
  readonly seed: number
  readonly processes: number
  readonly epochs?: number
  readonly trainingCurve?: true
}

const repository = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../../..', import.meta.url))
const folder = join(repository, 'bench', 'reproduce')
const [configs, results] = [join(folder, 'configs'), join(folder, 'results')]
const records = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'reproduce')
const whole = (text: string) => Number.parseInt(text, 10)

await new Command('reproduce')
  .description('Cross-validates the published configurations')
  .argument('[experiments...]', 'names of configurations; default: all')
  .requiredOption('--data <folder>', 'folder of the zips')
  .addOption(new Option('--protocol <name>', 'how the epoch is chosen').choices([...protocols]).default('gin'))
  .addOption(new Option('--learner <kind>', 'what is trained').choices([...learnerKinds]).default('smg'))
  .option('--folds <n>', 'number of folds', whole, 10)
  .option('--seed <n>', 'of folds, weights, batches and dropout', whole, 1)
  .option('--processes <n>', 'trainings at a time', whole, availableParallelism())
  .option(
    '--epochs <n>',
    'of each training, instead of those of the configuration; a later call goes on to more',
    whole,
  )
  .option('--training-curve', 'keep the accuracy on the training part after each epoch')
  .action(run)
  .parseAsync()

async function run(
  experiments: readonly string[],
  { data, learner, protocol, folds, seed, processes, epochs, trainingCurve }: Options,
): Promise<void> {
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const all = (await readdir(configs)).map((file) => file.replace(/\.json$/, ''))
  await mkdir(results, { recursive: true })
  for (const name of experiments.length > 0 ? experiments : all) {
    const experiment = await readExperiment(join(configs, `${name}.json`))
    const { settings } = experiment
    const graphs = await readDatasetGraphs(
      join(data, `${experiment.dataset}.zip`),
      { ...settings, training: { ...settings.training, ...(epochs && { epochs, patience: epochs }) } },
      interrupt.signal,
    )
    const id = `${name}${learner === 'smg' ? '' : `-${learner}`}-${protocol}-${folds}-${seed}`
    const startedAt = performance.now()
    let told = startedAt
    const summary = await evaluateGraphs(graphs, {
      kind: learner,
      protocol,
      folds,
      repeats: 1,
      randomSeed: seed,
      validationFraction: experiment.validationFraction,
      folder: join(records, id),
      processes,
      withTrainingCurve: trainingCurve,
      signal: interrupt.signal,
      onEpoch: (done, of) => {
        if (performance.now() - told < 60_000) return
        told = performance.now()
        console.error(`${id}: ${done} of ${of} epochs, ${((told - startedAt) / 60_000).toFixed(0)} min`)
      },
    })
    const result = resultOf({
      name,
      learner,
      experiment,
      config: graphs.config,
      summary,
      folds,
      seed,
      cores: cpus().length,
    })
    await writeFile(join(results, `${id}.json`), `${JSON.stringify(result)}\n`)
    await writeTables(folder)
    console.log(JSON.stringify(result.row))
  }
}
