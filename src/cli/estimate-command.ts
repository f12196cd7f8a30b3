/** `smg estimate`: what a sync would do and take, before any work. */
import type { Command } from 'commander'
import { estimate } from '../pipeline/estimate.ts'
import { createContext, withDatabase } from './context.ts'
import { estimateRows } from './estimate-table.ts'

export function addEstimateCommand(program: Command, signal: AbortSignal): void {
  program
    .command('estimate')
    .description('graphs, nodes, memory, time and writes of a sync, from counts and a sample')
    .action(async (_flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const config = await context.config()
      const result = await withDatabase(context, (database) =>
        estimate(database, config, { signal, residentBytes: () => process.memoryUsage.rss() }),
      )
      output.json(result)
      output.table(estimateRows(result))
    })
}
