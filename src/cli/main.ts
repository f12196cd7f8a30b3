/** The `smg` command: argv in, exit code out. */
import { Command, CommanderError } from 'commander'
import { InterruptedError, messageOf, SmgError } from '../errors.ts'
import { listEvaluations } from '../neo4j/run-catalogue.ts'
import { jobCommands } from '../pipeline/job-commands.ts'
import { addCatalogList } from './catalog-list.ts'
import { addCheckCommand } from './check-command.ts'
import { defaultConfigPath } from './context.ts'
import { addDbCommand } from './db-command.ts'
import { addEstimateCommand } from './estimate-command.ts'
import { addEvaluateCommand } from './evaluate-command.ts'
import { limitHeapGrowth } from './heap-growth.ts'
import { addImportCommand } from './import-command.ts'
import { addInitCommand } from './init-command.ts'
import { addJobsCommand } from './jobs-command.ts'
import { addMasksCommand } from './masks-command.ts'
import { addModelsCommand } from './models-command.ts'
import { packageVersion } from './package-version.ts'
import { addQueryCommand } from './query-command.ts'
import { addRemoveCommand } from './remove-command.ts'
import { addRunsCommand } from './runs-command.ts'
import { addSchedulesCommand } from './schedules-command.ts'
import { addScoreCommand } from './score-command.ts'
import { addServeCommand } from './serve-command.ts'
import { addSetupCommand } from './setup-command.ts'
import { addSyncCommand } from './sync-command.ts'
import { addWorkerCommand } from './worker-command.ts'

const exitInterrupted = 130
const exitUsage = 2

/** Runs one command line and gives its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  limitHeapGrowth()
  const controller = new AbortController()
  const interrupt = () => {
    // A second Ctrl-C does not wait for the running transaction.
    if (controller.signal.aborted) process.exit(exitInterrupted)
    controller.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  const program = createProgram(controller.signal)
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return typeof process.exitCode === 'number' ? process.exitCode : 0
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : exitUsage
    if (thrown instanceof InterruptedError || controller.signal.aborted) {
      console.error(thrown instanceof InterruptedError ? thrown.message : 'Interrupted')
      return exitInterrupted
    }
    const isExpected = thrown instanceof SmgError
    console.error(isExpected ? thrown.message : `smg failed unexpectedly: ${messageOf(thrown)}`)
    if (!isExpected && thrown instanceof Error) console.error(thrown.stack)
    return isExpected ? thrown.exitCode : 1
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

/** The command tree. */
export function createProgram(signal: AbortSignal): Command {
  const program = new Command('smg')
    .description('Graph-level predictions and node masks for subgraphs in Neo4j')
    .version(packageVersion(), '-v, --version')
    .option('--config <file>', 'configuration file', defaultConfigPath)
    .option('-a, --address <uri>', 'database address; default: NEO4J_URI, then the configuration, then the local Neo4j')
    .option('-u, --username <name>', 'user name (NEO4J_USERNAME)')
    .option('-p, --password <password>', 'password (NEO4J_PASSWORD)')
    .option('-d, --database <name>', 'database (NEO4J_DATABASE)')
    .option('--json', 'one JSON document on stdout')
    .option('--quiet', 'results only')
    .option('--log-level <level>', 'level of the daemon log', 'info')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
  addSetupCommand(program, signal)
  addInitCommand(program, signal)
  addImportCommand(program, signal)
  addCheckCommand(program, signal)
  addEstimateCommand(program, signal)
  addEvaluateCommand(program, signal)
  addSyncCommand(program, signal)
  addScoreCommand(program, signal)
  addQueryCommand(program, signal)
  addMasksCommand(program, signal)
  addModelsCommand(program, signal)
  addRunsCommand(program, signal)
  addCatalogList(program, signal, {
    name: 'evaluations',
    description: 'cross-validations',
    statement: listEvaluations,
    madeBy: 'evaluate',
  })
  addJobsCommand(program, signal)
  addSchedulesCommand(program, signal)
  addServeCommand(program, signal, jobCommands)
  addWorkerCommand(program, signal)
  addRemoveCommand(program, signal)
  addDbCommand(program, signal)
  return program
}
