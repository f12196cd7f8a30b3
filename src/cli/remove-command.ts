/** `smg remove`: takes every trace of the product out of the database. */
import type { Command } from 'commander'
import { type RemoveResult, removeEverything } from '../write-back/remove.ts'
import { confirm } from './confirm.ts'
import { createContext, withDatabase } from './context.ts'

export function addRemoveCommand(program: Command, signal: AbortSignal): void {
  program
    .command('remove')
    .description('take written properties, catalog nodes, indexes and constraints out of the database')
    .option('--yes', 'do not ask')
    .action(async ({ yes = false }: { yes?: boolean }, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const prefix = (await context.optionalConfig())?.writing.prefix ?? 'smg'
      const result = await withDatabase(context, async (database) => {
        if (!yes)
          await confirm(`Remove all '${prefix}' properties, models, runs, jobs and schedules from ${database.uri}?`)
        return removeEverything(database, prefix)
      })
      output.json(result)
      output.line(
        `Removed ${result.nodePropertiesRemoved} properties from ${result.nodeCount} nodes${ofMemberships(result)}, ${result.catalogNodesDeleted} catalog nodes, ${result.indexesDropped.length} indexes, ${result.constraintsDropped.length} constraints.`,
      )
      output.line('Model files stay where they are.')
    })
}

function ofMemberships({ relationshipCount, relationshipPropertiesRemoved }: RemoveResult): string {
  return relationshipCount === 0 ? '' : ` and ${relationshipPropertiesRemoved} from ${relationshipCount} relationships`
}
