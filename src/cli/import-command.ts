/** `smg import PATH`: a TUDataset folder or zip into the database, and a configuration that fits it. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type ImportResult, importTuDataset } from '../pipeline/import-tudataset.ts'
import type { DatasetNames } from '../pipeline/tudataset-graph.ts'
import { createContext, withDatabase } from './context.ts'
import type { Output } from './output.ts'
import { phaseBars } from './phase-bars.ts'

export function addImportCommand(program: Command, signal: AbortSignal): void {
  program
    .command('import')
    .description('TUDataset folder or zip into the database, and a configuration that fits it')
    .argument('<path>', 'zip or folder')
    .option('--graph-label <label>', "label of the graph nodes (default: the data set's name, beside Graph)")
    .option('--node-label <label>', 'label of the nodes (default: Node)')
    .option('--membership-type <type>', 'type from node to graph (default: PART_OF)')
    .option('--relationship-type <type>', 'type between nodes (default: EDGE)')
    .action(async (path: string, names: DatasetNames, self: Command) => {
      const context = createContext(self, signal, { makesConfig: true })
      const { output, flags } = context
      const bars = phaseBars(output, { read: 'Reading', import: 'Importing' })
      const result = await withDatabase(context, (database) =>
        importTuDataset(database, path, { names, signal, onProgress: bars.update }),
      ).finally(bars.stop)
      const isNew = !existsSync(flags.config)
      if (isNew) await writeFile(flags.config, result.config, { flag: 'wx' })
      const { config, ...counts } = result
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
  const { report } = result
  const already = result.graphsAlreadyThere > 0 ? ` (${result.graphsAlreadyThere} graphs were there already)` : ''
  output.line(
    `Imported ${result.dataset}: ${result.graphsCreated} graphs, ${result.nodesCreated} nodes, ${result.relationshipsCreated} relationships${already}`,
  )
  output.line(
    `Of ${report.edgeLines} edge lines, dropped: ${report.duplicateEdges} duplicates, ${report.selfLoops} self-loops. ${report.directed ? 'The rest is kept as directed edges.' : 'Both directions of an edge became one relationship.'}`,
  )
  output.line(`${report.isolatedNodes} nodes without an edge, ${report.emptyGraphs} graphs without nodes.`)
}
