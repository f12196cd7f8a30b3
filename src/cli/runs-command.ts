/** `smg runs`: scoring runs of the catalog, and what changed between two of them. */
import type { Command } from 'commander'
import { ConfigError } from '../errors.ts'
import { listRuns, showRun } from '../neo4j/run-catalogue.ts'
import { runReport } from '../pipeline/reports/run-report.ts'
import { type RunDifference, runDifference } from '../pipeline/run-difference.ts'
import { addReport } from './add-report.ts'
import { addCatalogList } from './catalog-list.ts'
import { createContext, withDatabase } from './context.ts'
import type { Output } from './output.ts'
import { printProperties } from './properties-table.ts'
import { positiveCount } from './whole-numbers.ts'

export function addRunsCommand(program: Command, signal: AbortSignal): void {
  const runs = addCatalogList(program, signal, {
    name: 'runs',
    description: 'scoring runs',
    statement: listRuns,
    madeBy: 'sync',
  })
  runs
    .command('show')
    .description('all that the catalog knows of a run')
    .argument('<run>', 'run id')
    .action(async (runId: string, _flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const [row] = await withDatabase(context, (database) => database.run(showRun, {}, { runId }))
      if (row === undefined)
        throw new ConfigError(`Cannot show the run '${runId}': there is none of that id; 'smg runs list' shows them`)
      printProperties(context.output, { ...row.run, model: row.model, changedGraphs: row.changedGraphs })
    })
  addReport(runs, signal, {
    subject: 'run',
    reference: 'run id',
    what: 'classes, probabilities, masks by layer, and what it changed',
    report: async (database, runId) => ({
      page: await runReport(database, runId),
      of: { label: 'SmgRun', key: { runId } },
    }),
  })
  runs
    .command('diff')
    .description('which predictions changed after one run, up to and with another, and by how much')
    .argument('<from>', 'run id; with the same one twice, what that run changed')
    .argument('<to>', 'run id of a later run of the same projection')
    .option('--limit <count>', 'graphs that are listed', positiveCount, 20)
    .action(async (from: string, to: string, { limit }: { readonly limit: number }, self: Command) => {
      const context = createContext(self, signal)
      const difference = await withDatabase(context, (database) => runDifference(database, { from, to, limit }))
      context.output.json(difference)
      printDifference(context.output, difference)
    })
}

function printDifference(output: Output, difference: RunDifference): void {
  const { graphCount, added, changed, unchanged, meanAbsoluteDifference, forgotten, transitions, changes } = difference
  output.line(
    `${graphCount} graphs were scored: ${changed} predictions changed, ${unchanged} did not, ${added} are new`,
  )
  if (meanAbsoluteDifference !== null)
    output.line(`Mean difference of ${measured(changes)}: ${meanAbsoluteDifference.toPrecision(3)}`)
  if (forgotten.length > 0)
    output.note(`Not kept any more is what these runs changed (writing.keptRuns): ${forgotten.join(', ')}`)
  output.table(transitions)
  output.table(changes.map((change) => ({ ...change })))
}

function measured(changes: RunDifference['changes']): string {
  return typeof changes[0]?.after === 'number' ? 'the predicted numbers' : 'the probability where the class is the same'
}
