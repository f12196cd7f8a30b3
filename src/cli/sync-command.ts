/** `smg sync`: the main job. */
import type { Command } from 'commander'
import { createContext } from './context.ts'
import { runSync } from './run-sync.ts'

interface SyncFlags {
  readonly retrain?: boolean
  readonly dryRun?: boolean
}

export function addSyncCommand(program: Command, signal: AbortSignal): void {
  program
    .command('sync')
    .description('train if there is no model, score what is new or changed, retract what is gone, write back')
    .option('--retrain', 'train a new version of the model first')
    .option('--dry-run', 'print the plan and write nothing')
    .action((flags: SyncFlags, self: Command) => runSync(createContext(self, signal), flags))
}
