/** `smg remove`: takes every trace of the product out of the database. */
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { ConfigError } from '../errors.ts'
import { type RemoveResult, removeEverything } from '../write-back/remove.ts'
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

/** @throws ConfigError where nobody can answer, or the answer is no. */
async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new ConfigError('Cannot ask for confirmation: expected a terminal; add --yes')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} [y/N] `).finally(() => terminal.close())
  if (!/^y(es)?$/i.test(answer.trim())) throw new ConfigError('Nothing removed')
}
