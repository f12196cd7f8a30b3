/** `smg import PATH`: a data set into the database, and a configuration that fits it. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { qm9Targets } from '../graph/qm9-types.ts'
import { type ImportResult, importDataset } from '../pipeline/import-dataset.ts'
import type { DatasetNames, Qm9Choice } from '../pipeline/stored-dataset.ts'
import { createContext, withDatabase } from './context.ts'
import type { Output } from './output.ts'
import { phaseBars } from './phase-bars.ts'
import { positiveCount, wholeNumber } from './whole-numbers.ts'

export function addImportCommand(program: Command, signal: AbortSignal): void {
  program
    .command('import')
    .description('TUDataset or QM9, folder or zip, into the database, and a configuration that fits it')
    .argument('<path>', 'zip or folder')
    .option(
      '--graph-label <label>',
      "label of the graph nodes (default: the data set's name, beside Graph or Molecule)",
    )
    .option('--node-label <label>', 'label of the nodes (default: Node, of QM9 Atom)')
    .option('--membership-type <type>', 'type from node to graph (default: PART_OF)')
    .option('--relationship-type <type>', 'type between nodes (default: EDGE, of QM9 BOND)')
    .option('--limit <n>', 'QM9: a sample of so many molecules (default: all)', positiveCount)
    .option('--random-seed <n>', 'QM9: of the sample (default: 42)', wholeNumber)
    .addOption(new Option('--target <name>', 'QM9: property to learn (default: mu)').choices(qm9Targets))
    .action(async (path: string, { limit, randomSeed, target, ...names }: DatasetNames & Qm9Choice, self: Command) => {
      const context = createContext(self, signal, { makesConfig: true })
      const { output, flags } = context
      const bars = phaseBars(output, { read: 'Reading', import: 'Importing' })
      const result = await withDatabase(context, (database) =>
        importDataset(database, path, { limit, randomSeed, target, names, signal, onProgress: bars.update }),
      ).finally(bars.stop)
      const isNew = !existsSync(flags.config)
      if (isNew) await writeFile(flags.config, result.config, { flag: 'wx' })
      const { config, notes: _notes, ...counts } = result
      output.json({ ...counts, configWritten: isNew ? flags.config : null })
      printImport(output, result)
      if (isNew) output.line(`Wrote ${flags.config}; next: smg sync`)
      else {
        output.line(`${flags.config} is there and was left alone. A configuration for ${result.dataset}:\n`)
        output.line(config)
      }
    })
}

function printImport(output: Output, result: ImportResult): void {
  const already = result.graphsAlreadyThere > 0 ? ` (${result.graphsAlreadyThere} graphs were there already)` : ''
  output.line(
    `Imported ${result.dataset}: ${result.graphsCreated} graphs, ${result.nodesCreated} nodes, ${result.relationshipsCreated} relationships${already}`,
  )
  for (const note of result.notes) output.line(note)
}
