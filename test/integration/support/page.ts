/** Does what a page of README or docs/ says, block by block, as a reader would. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { splitStatements } from '../../../src/cli/split-statements.ts'
import type { Database, Table } from '../../../src/neo4j/database.ts'
import { blocksOf, commandsOf, wordsOf } from '../../support/page-blocks.ts'
import { smgInProcess } from './smg-in-process.ts'

export interface Reader {
  readonly database: Database
  /** Where the reader works. */
  readonly folder: string
  /** Words to add to a command, such as fewer folds. */
  readonly wordsFor?: (command: string) => readonly string[]
  /** Told after each command. */
  readonly onCommand?: (command: string) => void
}

/** What a page showed, for checks of its own. */
export interface PageRun {
  readonly commands: readonly string[]
  /** Of the statements that return something. */
  readonly tables: readonly { readonly statement: string; readonly table: Table }[]
}

const configuration = '# smg.config.yaml\n'

/**
 * Saves configurations, runs Cypher, and runs commands, which all have to succeed. `text` is what readers see, `ts` is for tests of
 * its own, and blocks without a language are not run.
 */
export async function readPage(page: string, { database, folder, wordsFor, onCommand }: Reader): Promise<PageRun> {
  const commands: string[] = []
  const tables: { statement: string; table: Table }[] = []
  let params: Readonly<Record<string, unknown>> = {}
  for (const { language, text } of blocksOf(page)) {
    if (language === 'yaml' && text.startsWith(configuration)) writeFileSync(join(folder, 'smg.config.yaml'), text)
    if (language === '' && text.startsWith(':params ')) params = await paramsOf(text, database)
    if (language === 'cypher')
      for (const statement of statementsOf(text)) {
        const table = await database.execute(statement, params)
        if (/^RETURN\b/m.test(statement)) tables.push({ statement, table })
      }
    if (language === 'sh')
      for (const command of commandsOf(text).filter((line) => line.startsWith('npx smg '))) {
        const { code, stderr } = await smgInProcess(
          [...wordsOf(command).slice(2), ...(wordsFor?.(command) ?? [])],
          folder,
        )
        expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({ command, code: 0, stderr: '' })
        commands.push(command)
        onCommand?.(command)
      }
  }
  return { commands, tables }
}

/** The statements of a text, with or without a `;` at the end. */
export function statementsOf(text: string): string[] {
  const { statements, rest } = splitStatements(text)
  return [...statements, rest.trim()].filter((statement) => statement !== '')
}

/** The parameters of Neo4j Browser's `:params {…}`: a map as Cypher writes it. */
async function paramsOf(text: string, database: Database): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await database.query(
    `UNWIND [${text.slice(':params '.length)}] AS map UNWIND keys(map) AS name RETURN name, map[name]`,
    {},
  )
  return Object.fromEntries(rows.map(([name, value]) => [String(name), value]))
}

/** How many rows each statement gave. */
export function rowCounts(tables: PageRun['tables']): (readonly [statement: string, count: number])[] {
  return tables.map(({ statement, table }) => [statement, table.rows.length])
}
