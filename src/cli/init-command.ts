/** `smg init`: a configuration that fits the database. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type Neo4jOptions, neo4jSchema } from '../config/schema.ts'
import { ConfigError } from '../errors.ts'
import { proposeConfig } from '../pipeline/propose-config.ts'
import { createContext, withDatabase } from './context.ts'

interface InitFlags {
  readonly overwrite?: boolean
  readonly graphLabel?: string
}

export function addInitCommand(program: Command, signal: AbortSignal): void {
  program
    .command('init')
    .description("looks at the database's schema and writes a commented configuration that fits")
    .option('--overwrite', 'even where there is a configuration; its connection settings are kept')
    .option('--graph-label <label>', 'label of the graph nodes (default: the best candidate)')
    .action(async ({ overwrite = false, graphLabel }: InitFlags, self: Command) => {
      const context = createContext(self, signal, { makesConfig: true })
      const { output, flags } = context
      if (!overwrite && existsSync(flags.config))
        throw new ConfigError(
          `Cannot write ${flags.config}: expected no such file, got one; give --overwrite, or another name with --config`,
        )
      const neo4j = connectionToKeep((await context.optionalConfig())?.neo4j ?? {})
      const { config, ...proposal } = await withDatabase(context, (database) =>
        proposeConfig(database, { graphLabel, neo4j, signal }),
      )
      await writeFile(flags.config, config, { flag: overwrite ? 'w' : 'wx' })
      output.json({ ...proposal, configWritten: flags.config })
      output.line(config)
      output.line(`Wrote ${flags.config}; next: smg check`)
    })
}

/** Without what is the default. */
function connectionToKeep(settings: Partial<Neo4jOptions>): Partial<Neo4jOptions> {
  const defaults: Readonly<Record<string, unknown>> = neo4jSchema.parse({})
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => value !== undefined && value !== defaults[name]),
  )
}
