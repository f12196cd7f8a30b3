/** The `smg` command: argv in, exit code out. */
import { Command, CommanderError } from 'commander'
import { InterruptedError, messageOf, SmgError } from '../errors.ts'
import { commandsIn } from './commands.ts'
import { defaultConfigPath } from './context.ts'
import { limitHeapGrowth } from './heap-growth.ts'
import { packageVersion } from './package-version.ts'

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
  try {
    const program = await createProgram(argv, controller.signal)
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

/** The commands that a command line may mean. */
export async function createProgram(argv: readonly string[], signal: AbortSignal): Promise<Command> {
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
  for (const addCommand of await commandsIn(argv)) addCommand(program, signal)
  return program
}
