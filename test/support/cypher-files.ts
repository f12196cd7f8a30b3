/** The statement files of `cypher/` and what their headers and bodies say. */
import { readdirSync, readFileSync } from 'node:fs'

export interface CypherFile {
  /** File name without `.cypher`. */
  readonly name: string
  /** Values of the header's lines, `undefined` where the file does not begin with the four of them. */
  readonly header: Readonly<Record<'purpose' | 'mode' | 'params' | 'returns', string>> | undefined
  readonly body: string
}

const folder = new URL('../../cypher/', import.meta.url)
const headerPattern =
  /^\/\/ purpose: (?<purpose>.+)\n\/\/ mode: (?<mode>.+)\n\/\/ params: (?<params>.+)\n\/\/ returns: (?<returns>.+)\n/

export function readCypherFiles(): CypherFile[] {
  return readdirSync(folder).map((file) =>
    parseCypherFile(file.replace(/\.cypher$/, ''), readFileSync(new URL(file, folder), 'utf8')),
  )
}

export function parseCypherFile(name: string, text: string): CypherFile {
  const match = headerPattern.exec(text)
  const { purpose = '', mode = '', params = '', returns = '' } = match?.groups ?? {}
  return {
    name,
    header: match === null ? undefined : { purpose, mode, params, returns },
    body: text.slice(match?.[0].length ?? 0),
  }
}

/** `$name`, `{{name}}` and `<<name>>` that the header declares: a list with notes in brackets, or "none". Sorted. */
export function declaredParams(params: string): string[] {
  if (params === 'none') return []
  let bare = params
  for (let before = ''; before !== bare; ) {
    before = bare
    bare = bare.replace(/\s*\([^()]*\)/g, '')
  }
  return bare.split(', ').sort()
}

/** `$name`, `{{name}}` and `<<name>>` that the statement uses. Sorted. */
export function usedParams(body: string): string[] {
  return [...new Set([...body.matchAll(/\$\w+|\{\{\w+\}\}|<<\w+>>/g)].map(([name]) => name))].sort()
}

/** The statement without strings, quoted names, comments and placeholders. */
function bareCypher(body: string): string {
  return body.replaceAll(
    /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|\/\/.*|\/\*[\s\S]*?\*\/|\{\{\w+\}\}|<<\w+>>|\$\w+/g,
    ' ',
  )
}

export function holdsOneStatement(body: string): boolean {
  return !bareCypher(body).includes(';') && body.trim() !== ''
}

const keywords =
  /(?<![.:\w])(match|optional|where|with|unwind|return|merge|create|drop|delete|detach|set|foreach|call|yield|distinct|limit|union|order by|in transactions)(?![\w:])/gi

/** Keywords that are not in capitals. */
export function lowerCaseKeywords(body: string): string[] {
  return [...bareCypher(body).matchAll(keywords)].map(([word]) => word).filter((word) => word !== word.toUpperCase())
}
