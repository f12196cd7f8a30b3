/**
 * Cypher statements as files: `cypher/NAME.cypher`, one statement each, with a four-line header (purpose, mode, params,
 * returns). `$name` is a parameter, `{{name}}` an identifier that {@link quoteIdentifier} validates and quotes; a list of
 * identifiers is joined by `|`, the Cypher form of "any of these labels or types". `<<name>>`, on a line of its own, is a
 * {@link UserQuery}, put in as it is: only statements of mode read have one, so that the server refuses it to write.
 */
import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { quoteIdentifier } from './identifiers.ts'

/** read goes to readers; auto has no time limit, for schema changes and CALL { } IN TRANSACTIONS. */
export type StatementMode = 'read' | 'write' | 'auto'

/** A statement of the user's own, to run inside one of ours. */
export interface UserQuery {
  readonly cypher: string
}

/** What is put into the text of a statement. */
export type Identifiers = Readonly<Record<string, string | readonly string[] | UserQuery>>
export type Parameters = Readonly<Record<string, unknown>>

/** A statement with the types of its identifiers, parameters and rows. */
export interface Statement<Names extends Identifiers, Params extends Parameters, Row> {
  readonly name: string
  readonly mode: StatementMode
  readonly row: z.ZodType<Row>
  /** The Cypher text with its identifiers filled in. */
  readonly render: (names: Names) => string
  /** Types only; never set. */
  readonly params?: Params
}

const folder = new URL('../../cypher/', import.meta.url)
const header = /^\/\/ purpose: .+\n\/\/ mode: (read|write|auto)\n\/\/ params: .+\n\/\/ returns: .+\n/

/** Declares the statement in `cypher/NAME.cypher`; the file is read when it is first rendered. */
export function statement<Names extends Identifiers, Params extends Parameters, Row>(
  name: string,
  mode: StatementMode,
  row: z.ZodType<Row>,
): Statement<Names, Params, Row> {
  let text: string | undefined
  return {
    name,
    mode,
    row,
    render: (names) => {
      text ??= readStatement(name, mode)
      return fillIdentifiers(text, names, name)
    },
  }
}

/** The body of a statement file, after its header. Throws where header and declared mode disagree. */
export function readStatement(name: string, mode: StatementMode): string {
  const source = readFileSync(new URL(`${name}.cypher`, folder), 'utf8')
  const declared = header.exec(source)
  if (declared === null) throw new TypeError(`Cannot read cypher/${name}.cypher: expected the four-line header`)
  if (declared[1] !== mode)
    throw new TypeError(`Cannot use cypher/${name}.cypher as ${mode}: its header says mode ${declared[1]}`)
  const text = source.slice(declared[0].length)
  if (mode !== 'read' && /<<\w+>>/.test(text))
    throw new TypeError(
      `Cannot use cypher/${name}.cypher: expected mode read for a statement of the user's, got ${mode}`,
    )
  return text
}

/** Replaces every `{{name}}` and `<<name>>`; a name without a value, or a value without a place, is a mistake of ours. */
export function fillIdentifiers(text: string, names: Identifiers, statementName: string): string {
  const unused = new Set(Object.keys(names))
  const filled = text.replaceAll(
    /\{\{(\w+)\}\}|<<(\w+)>>/g,
    (place, identifier: string | undefined, query: string | undefined) => {
      const name = identifier ?? query ?? ''
      const value = names[name]
      unused.delete(name)
      if (value !== undefined && isUserQuery(value) === (query !== undefined))
        return isUserQuery(value) ? insertable(value) : quoted(value)
      throw new TypeError(`Cannot fill ${place} of cypher/${statementName}.cypher: no value given`)
    },
  )
  if (unused.size > 0)
    throw new TypeError(`Cannot fill cypher/${statementName}.cypher: it has no {{${[...unused].join('}}, {{')}}}`)
  return filled
}

function isUserQuery(value: Identifiers[string]): value is UserQuery {
  return typeof value === 'object' && 'cypher' in value
}

function quoted(value: string | readonly string[]): string {
  return typeof value === 'string' ? quoteIdentifier(value) : value.map(quoteIdentifier).join('|')
}

/** A statement may end with a semicolon, but not inside of another. */
function insertable({ cypher }: UserQuery): string {
  return cypher.replace(/[;\s]+$/, '')
}
