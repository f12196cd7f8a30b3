/** `smg setup`: puts the native backend in place, and with `--neo4j` the local Neo4j. */
import type { Command } from 'commander'
import { installLocalNeo4j } from '../local-neo4j/install.ts'
import { installNativeBackend } from '../model/native-backend/install.ts'
import { createContext } from './context.ts'

export function addSetupCommand(program: Command, signal: AbortSignal): void {
  program
    .command('setup')
    .description('put the native TensorFlow backend in place, and with --neo4j the local Neo4j')
    .option('--neo4j', 'fetch the local Neo4j as well')
    .action(async ({ neo4j = false }: { neo4j?: boolean }, self: Command) => {
      const { output } = createContext(self, signal)
      const backend = await installNativeBackend({ log: output.note, signal })
      const local = neo4j ? await installLocalNeo4j({ log: output.note, signal }) : null
      output.json({ backend, neo4j: local })
      output.line(`Native backend in place (${backend.source}).`)
      if (local !== null) output.line('Local Neo4j in place.')
    })
}
