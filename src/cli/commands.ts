/** The commands, in the order of the help. Each is loaded when it is asked for: a start should not wait for what it does not need. */
import type { Command } from 'commander'

/** Adds a command to the program; `signal` is aborted when it is to end. */
export type AddCommand = (program: Command, signal: AbortSignal) => void

const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  setup: async () => (await import('./setup-command.ts')).addSetupCommand,
  init: async () => (await import('./init-command.ts')).addInitCommand,
  import: async () => (await import('./import-command.ts')).addImportCommand,
  check: async () => (await import('./check-command.ts')).addCheckCommand,
  estimate: async () => (await import('./estimate-command.ts')).addEstimateCommand,
  evaluate: async () => (await import('./evaluate-command.ts')).addEvaluateCommand,
  sync: async () => (await import('./sync-command.ts')).addSyncCommand,
  score: async () => (await import('./score-command.ts')).addScoreCommand,
  query: async () => (await import('./query-command.ts')).addQueryCommand,
  masks: async () => (await import('./masks-command.ts')).addMasksCommand,
  view: async () => (await import('./view-command.ts')).addViewCommand,
  models: async () => (await import('./models-command.ts')).addModelsCommand,
  runs: async () => (await import('./runs-command.ts')).addRunsCommand,
  evaluations: async () => (await import('./evaluations-command.ts')).addEvaluationsCommand,
  jobs: async () => (await import('./jobs-command.ts')).addJobsCommand,
  schedules: async () => (await import('./schedules-command.ts')).addSchedulesCommand,
  serve: async () => (await import('./serve-command.ts')).addServeCommand,
  worker: async () => (await import('./worker-command.ts')).addWorkerCommand,
  remove: async () => (await import('./remove-command.ts')).addRemoveCommand,
  db: async () => (await import('./db-command.ts')).addDbCommand,
}

/** Those that a command line may mean: all whose names are in it, or all that there are. */
export function commandsIn(argv: readonly string[]): Promise<AddCommand[]> {
  const named = Object.entries(commands).filter(([name]) => argv.includes(name))
  const meant = named.length > 0 ? named : Object.entries(commands)
  return Promise.all(meant.map(([, load]) => load()))
}
