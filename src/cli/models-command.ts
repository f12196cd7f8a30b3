/** `smg models`: versions of models in the catalog. */
import type { Command } from 'commander'
import { listModels } from '../neo4j/model-catalogue.ts'
import { trainingReport } from '../pipeline/reports/training-report.ts'
import { describeModel, exportModel, importModel, promoteModel, removeModel } from '../pipeline/stored-models.ts'
import { addReport } from './add-report.ts'
import { addCatalogList } from './catalog-list.ts'
import { confirm } from './confirm.ts'
import { createContext, withDatabase } from './context.ts'
import { plainProperties, printLines } from './properties-table.ts'

const reference = 'NAME or NAME:VERSION; without a version the current one, else the newest'
/** Long texts and lists by epoch: for `--json` and for Cypher. */
const longProperties =
  /^(history|calibration(Counts|Confidences|Accuracies)$|(configuration|featureSchema|trials)$)|OfFolds$/

export function addModelsCommand(program: Command, signal: AbortSignal): void {
  const models = addCatalogList(program, signal, {
    name: 'models',
    description: 'trained models',
    statement: listModels,
    madeBy: 'sync',
  })
  addShow(models, signal)
  addTransfers(models, signal)
  addReport(models, signal, {
    subject: 'model',
    reference,
    what: 'loss, measure and learning rate by epoch',
    report: async (database, text) => {
      const { model } = await describeModel(database, text)
      const key = { name: String(model['name']), version: String(model['version']) }
      const page = await trainingReport(database, key.name, key.version)
      return { page, of: { label: 'SmgModel', key } }
    },
  })
  models
    .command('promote')
    .description('let a version be the current one: sync and score use it from now on')
    .argument('<model>', 'NAME:VERSION')
    .action(async (text: string, _flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const model = await withDatabase(context, (database) => promoteModel(database, text))
      context.output.json({ model, current: true })
      context.output.line(`${model} is the current version now; the next 'smg sync' scores with it.`)
    })
  models
    .command('drop')
    .description('delete a version, with its files in the database; what it scored stays')
    .argument('<model>', 'NAME:VERSION')
    .option('--yes', 'do not ask')
    .action(async (text: string, { yes = false }: { readonly yes?: boolean }, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const dropped = await withDatabase(context, async (database) => {
        if (!yes) await confirm(`Delete the model ${text} from ${database.uri}?`)
        return removeModel(database, text)
      })
      output.json(dropped)
      output.line(`Dropped ${dropped.model}.`)
      if (dropped.folder !== null) output.line(`Files of it in ${dropped.folder} stay where they are.`)
    })
}

function addShow(models: Command, signal: AbortSignal): void {
  models
    .command('show')
    .description('settings, classes, measures and history of a version, and its evaluations fold by fold')
    .argument('<model>', reference)
    .action(async (text: string, _flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const { model, evaluations, runCount } = await withDatabase(context, (database) => describeModel(database, text))
      output.json({ ...plainProperties(model), runCount, evaluations: evaluations.map(plainProperties) })
      printLines(output, { ...model, runCount }, longProperties)
      for (const evaluation of evaluations) {
        output.line()
        printLines(output, evaluation, longProperties)
      }
    })
}

function addTransfers(models: Command, signal: AbortSignal): void {
  models
    .command('export')
    .description('save a version as files: DIRECTORY/NAME/VERSION')
    .argument('<model>', reference)
    .argument('[directory]', 'where to', '.')
    .action(async (text: string, directory: string, _flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const folder = await withDatabase(context, (database) => exportModel(database, text, directory))
      context.output.json({ folder })
      context.output.line(`Saved in ${folder}`)
    })
  models
    .command('import')
    .description('put the model of a folder into the database')
    .argument('<folder>', 'with model.json and weights.bin')
    .action(async (folder: string, _flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const { model, isCurrent } = await withDatabase(context, (database) => importModel(database, folder))
      const name = `${model.name}:${model.version}`
      context.output.json({ model: name, current: isCurrent })
      context.output.line(
        isCurrent
          ? `Imported ${name}; it is the current version.`
          : `Imported ${name}; 'smg models promote ${name}' makes it the current version.`,
      )
    })
}
