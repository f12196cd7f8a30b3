/** `smg db`: start, stop, status and shell of the local Neo4j. */
import type { Command } from 'commander'
import { readPassword } from '../local-neo4j/password.ts'
import { startLocalNeo4j } from '../local-neo4j/start.ts'
import { type LocalNeo4jStatus, localNeo4jStatus } from '../local-neo4j/status.ts'
import { stopLocalNeo4j } from '../local-neo4j/stop.ts'
import { createContext, withDatabase } from './context.ts'
import type { Output } from './output.ts'
import { runShell } from './shell.ts'
import { wholeNumber } from './whole-numbers.ts'

interface InstanceFlags {
  readonly directory?: string
  readonly neo4jVersion?: string
}

interface StartFlags extends InstanceFlags {
  readonly port?: number
  readonly heap?: number
}

interface StatusFlags extends InstanceFlags {
  readonly showPassword?: boolean
}

export function addDbCommand(program: Command, signal: AbortSignal): void {
  const db = program.command('db').description('the local Neo4j: start, stop, status, shell')
  withInstanceFlags(db.command('start'))
    .description('start it in the background; the first time, get it')
    .option('--port <port>', 'Bolt port (default: 7687, or the next free one; 0: any free one)', wholeNumber)
    .option('--heap <megabytes>', 'Java heap (default: 1024)', wholeNumber)
    .action(async (flags: StartFlags, self: Command) => {
      const { output } = createContext(self, signal)
      const { heap: heapMegabytes, ...rest } = flags
      const { alreadyRunning } = await startLocalNeo4j({ ...rest, heapMegabytes, log: output.note, signal })
      if (process.env['NEO4J_URI']) output.note(`NEO4J_URI is set: other commands use ${process.env['NEO4J_URI']}`)
      const found = await localNeo4jStatus(flags)
      printStatus(output, found, alreadyRunning ? 'runs already' : 'is running')
      output.json({ ...toJson(found), alreadyRunning })
    })
  withInstanceFlags(db.command('stop'))
    .description('stop it; its data stay')
    .action(async (flags: InstanceFlags, self: Command) => {
      const { output } = createContext(self, signal)
      const result = await stopLocalNeo4j({ ...flags, log: output.note, signal })
      output.line(result.wasRunning ? 'The local Neo4j has stopped.' : 'The local Neo4j was not running.')
      output.json({ status: 'stopped', ...result })
    })
  withInstanceFlags(db.command('status'))
    .description('say whether and where it runs; exit code 0 when it runs, 1 when not')
    .option('--show-password', 'print the password of user neo4j too')
    .action(async (flags: StatusFlags, self: Command) => {
      const { output } = createContext(self, signal)
      const found = await localNeo4jStatus(flags)
      printStatus(output, found, found.status === 'starting' ? 'is starting' : 'is running')
      const password = flags.showPassword ? await readPassword(found.passwordFile) : undefined
      if (password !== undefined) output.line(`  password   ${password}`)
      output.json({ ...toJson(found), password })
      if (found.status !== 'running') process.exitCode = 1
    })
  db.command('shell')
    .description('run Cypher from the terminal or from stdin; statements end with ;')
    .action(async (_flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const isInteractive = process.stdin.isTTY === true
      const failed = await withDatabase(context, (database) => {
        if (isInteractive)
          context.output.line(`Neo4j ${database.serverVersion} at ${database.uri}; :help lists the commands`)
        const run = (statement: string) => database.execute(statement, {})
        const { output } = context
        return runShell({ input: process.stdin, isInteractive, run, output, printError: console.error, signal })
      })
      if (failed > 0 && !isInteractive) process.exitCode = 1
    })
}

function withInstanceFlags(command: Command): Command {
  return command
    .option('--directory <folder>', 'folder of the instance (default: one per user and release line)')
    .option('--neo4j-version <version>', 'full version, such as 2026.08.1')
}

function printStatus(output: Output, found: LocalNeo4jStatus, verb: string): void {
  const { server, dataDirectory, passwordFile, logFile } = found
  if (server === undefined) {
    output.line('The local Neo4j is not running; "smg db start" starts it.')
    output.line(`  data       ${dataDirectory}`)
    return
  }
  output.line(`Neo4j ${server.neo4jVersion} ${verb} at ${server.uri}`)
  output.line(`  pid        ${server.pid}`)
  output.line(`  port       ${server.port}`)
  output.line(`  data       ${dataDirectory}`)
  output.line(`  log        ${logFile}`)
  output.line(`  user       ${server.username}, password in ${passwordFile}`)
}

function toJson({ server, ...rest }: LocalNeo4jStatus): Readonly<Record<string, unknown>> {
  const { identity: _, ...shown } = server ?? {}
  return { ...rest, ...shown }
}
