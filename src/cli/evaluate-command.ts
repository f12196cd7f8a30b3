/** `smg evaluate`: how good the model is on graphs that it was not trained on. */
import { writeFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { protocols } from '../config/evaluation-schema.ts'
import type { Config, Protocol } from '../config/schema.ts'
import { ConfigError } from '../errors.ts'
import { qm9Targets } from '../graph/qm9-types.ts'
import type { WorkEngine } from '../jobs/work-engine.ts'
import { type LabelledGraphs, readDatasetGraphs } from '../pipeline/evaluate/dataset-graphs.ts'
import { evaluate } from '../pipeline/evaluate/evaluate.ts'
import { graphsToEvaluate, keepEvaluation } from '../pipeline/evaluate/evaluate-projection.ts'
import { reportOf } from '../pipeline/evaluate/evaluation-report.ts'
import { baselineNames, baselines, type LearnerKind } from '../pipeline/evaluate/learner.ts'
import { noteReport } from '../pipeline/reports/report-location.ts'
import type { DatasetSettings, Qm9Choice } from '../pipeline/stored-dataset.ts'
import { type CommandContext, createContext, withDatabase } from './context.ts'
import { printEvaluation } from './evaluation-tables.ts'
import { requireFolderOf } from './output-file.ts'
import { type PhaseBars, phaseBars } from './phase-bars.ts'
import { positiveCount } from './whole-numbers.ts'
import { openEngine } from './with-engine.ts'

interface EvaluateFlags extends Pick<Qm9Choice, 'limit' | 'target'> {
  readonly protocol?: Protocol
  readonly folds?: number
  readonly repeats?: number
  readonly foldFiles?: string
  readonly compare: readonly LearnerKind[]
  readonly search?: true
  readonly report?: string
}

type Phase = 'read' | 'train'

const phaseLabels: Readonly<Record<Phase, string>> = { read: 'Reading', train: 'Training' }

export function addEvaluateCommand(program: Command, signal: AbortSignal): void {
  program
    .command('evaluate')
    .description('cross-validation: how good the model is on graphs that it was not trained on')
    .argument(
      '[dataset]',
      'TUDataset or QM9, zip or folder, read without a database; default: the configured projection',
    )
    .addOption(new Option('--protocol <name>', 'how epochs are chosen').choices([...protocols]))
    .option('--folds <n>', 'number of folds', foldCount)
    .option('--repeats <n>', 'times that all folds are run, each with seeds of its own', positiveCount)
    .option('--fold-files <folder>', 'folds to use: test_idx-1.txt, …, a graph a line by its key, or its place from 0')
    .option(
      '--compare <names>',
      `compare on the same folds with ${baselines.join(', ')}; commas between`,
      baselinesIn,
      [],
    )
    .option('--search', 'choose among the settings of evaluation.search on validation data')
    .option('--report <file>', 'write an HTML page with curves, confusion matrix, calibration and folds')
    .option('--limit <n>', 'QM9: a sample of so many molecules (default: all)', positiveCount)
    .addOption(new Option('--target <name>', 'QM9: property to learn (default: mu)').choices(qm9Targets))
    .action(async (dataset: string | undefined, flags: EvaluateFlags, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const bars = phaseBars(output, phaseLabels)
      try {
        await run(context, { dataset, flags, bars })
      } finally {
        bars.stop()
      }
    })
}

async function run(
  context: CommandContext,
  {
    dataset,
    flags,
    bars,
  }: { readonly dataset: string | undefined; readonly flags: EvaluateFlags; readonly bars: PhaseBars<Phase> },
): Promise<void> {
  const { output, signal } = context
  const { compare, search = false, foldFiles, report } = flags
  if (report !== undefined) await requireFolderOf(report, 'report')
  const evaluateWith = async (graphs: LabelledGraphs, engine?: WorkEngine) => {
    const labelled = withFlags(graphs, flags)
    const evaluation = await evaluate(labelled, {
      compare,
      search,
      foldFiles,
      engine,
      signal,
      onEpoch: (done, of) => bars.update('train', done, of, 'epochs'),
      onNotice: (sentence) => {
        bars.stop()
        output.note(sentence)
      },
    })
    return { evaluation, config: labelled.config }
  }
  const { evaluation, config } =
    dataset === undefined
      ? await withProjection(context, flags, bars, evaluateWith)
      : await evaluateWith(await datasetGraphs(context, dataset, flags))
  bars.stop()
  const finishedAt = new Date().toISOString()
  output.json(evaluation)
  printEvaluation(output, evaluation)
  if (report !== undefined) {
    await writeFile(report, reportOf(evaluation, config))
    output.line(`Wrote ${report}`)
  }
  if (dataset === undefined)
    await withDatabase(context, async (database) => {
      const evaluationId = await keepEvaluation(database, config, { evaluation, finishedAt })
      if (report !== undefined) await noteReport(database, { label: 'SmgEvaluation', key: { evaluationId } }, report)
    })
}

/** With the settings of the configuration file, where there is one. */
async function datasetGraphs(
  { optionalConfig, signal }: CommandContext,
  dataset: string,
  { limit, target }: EvaluateFlags,
): Promise<LabelledGraphs> {
  const config = await optionalConfig()
  return readDatasetGraphs(dataset, config && ofModel(config), { limit, target, signal })
}

/** The graphs in the database, which is closed before anything is trained. */
async function withProjection<T>(
  context: CommandContext,
  { limit, target }: EvaluateFlags,
  bars: PhaseBars<Phase>,
  work: (graphs: LabelledGraphs, engine: WorkEngine | undefined) => Promise<T>,
): Promise<T> {
  const { signal } = context
  if (limit !== undefined || target !== undefined)
    throw new ConfigError('Cannot evaluate: expected a data set with --limit or --target, got none; name QM9.zip')
  const config = await context.config()
  const onRead = (done: number, total: number) => bars.update('read', done, total, 'graphs')
  const { graphs, engine } = await withDatabase(context, async (database) => ({
    graphs: await graphsToEvaluate(database, config, { signal, onRead }),
    engine: await openEngine(database),
  }))
  try {
    return await work(graphs, engine)
  } finally {
    await engine?.close()
  }
}

/** What a configuration says of the model, whatever it is to learn. */
function ofModel({ model, training, evaluation }: Config): DatasetSettings {
  const { task: _task, modelName: _name, ...settings } = model
  return { model: settings, training, evaluation }
}

function withFlags({ config, graphs }: LabelledGraphs, { protocol, folds, repeats }: EvaluateFlags): LabelledGraphs {
  const evaluation: Config['evaluation'] = {
    ...config.evaluation,
    ...(protocol && { protocol }),
    ...(folds && { validationFolds: folds }),
    ...(repeats && { repeats }),
  }
  return { graphs, config: { ...config, evaluation } }
}

function foldCount(text: string): number {
  const count = positiveCount(text)
  if (count < 2) throw new InvalidArgumentError('expected a whole number from 2 on.')
  return count
}

function baselinesIn(text: string): readonly LearnerKind[] {
  const { compare, unknown } = baselineNames(text)
  if (unknown !== null) throw new InvalidArgumentError(`${unknown}.`)
  return compare
}
