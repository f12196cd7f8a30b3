/** `smg check`: everything that could fail later, before any work. */
import type { Command } from 'commander'
import { check } from '../pipeline/check.ts'
import { createContext, withDatabase } from './context.ts'
import { estimateRows } from './estimate-table.ts'

export function addCheckCommand(program: Command, signal: AbortSignal): void {
  program
    .command('check')
    .description('connection, versions, privileges, projection, features, target, classes, model, backend')
    .action(async (_flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const config = await context.config()
      const bar = output.progress('Checking')
      const result = await withDatabase(context, (database) =>
        check(database, config, {
          signal,
          onRead: (done, total) => bar.update(done, total),
          residentBytes: () => process.memoryUsage.rss(),
        }),
      ).finally(() => bar.stop())
      output.json(result)
      output.table(
        Object.entries(result)
          .filter(([name]) => name !== 'warnings' && name !== 'estimate')
          .map(([name, value]) => ({ check: name, value: value ?? 'none yet: sync trains one' })),
      )
      output.table(estimateRows(result.estimate))
      for (const warning of result.warnings) output.note(`Warning: ${warning}`)
      output.line('All checks passed.')
    })
}
