/** `smg masks KEY`: one graph's nodes with their masks. */
import type { Command } from 'commander'
import { readMasks } from '../pipeline/masks.ts'
import { createContext, withDatabase } from './context.ts'
import { outcomeText } from './outcome-text.ts'

export function addMasksCommand(program: Command, signal: AbortSignal): void {
  program
    .command('masks')
    .description("one graph's nodes with their masks, highest in the last layer first")
    .argument('<key>', 'key of the graph')
    .action(async (key: string, _flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const config = await context.config()
      const result = await withDatabase(context, (database) => readMasks(database, config, key))
      output.json(result)
      output.line(
        `Graph ${result.key}: predicted ${outcomeText(result)} by ${result.model}, ${config.targetProperty} is ${result.target ?? 'not known'}`,
      )
      output.table(
        result.members.map((member) => ({
          [config.projection.nodeKey]: member.key,
          ...Object.fromEntries(member.masks.map((mask, k) => [`layer ${k + 1}`, mask])),
          ...member.properties,
        })),
      )
    })
}
