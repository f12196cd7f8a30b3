/** A configuration as YAML with comments: each key is explained by the words of the schema. */
import { Document, isMap, isScalar, isSeq, type Pair, visit } from 'yaml'
import { z } from 'zod'
import { configSchema } from './schema.ts'

export interface ConfigComments {
  /** Before everything; a line each. */
  readonly header: readonly string[]
  /** More to say of a key, by its path such as `projection.graphLabel`; a line each. */
  readonly notes?: Readonly<Record<string, readonly string[]>>
  /** Settings that somebody may want, shown as comments before a key of the top level. */
  readonly suggestions?: readonly Suggestion[]
}

export interface Suggestion {
  readonly before: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly note: string
}

/** Settings as YAML; a comment never ends early, whatever is in the names it shows. */
export function configText(
  settings: Readonly<Record<string, unknown>>,
  { header, notes = {}, suggestions = [] }: ConfigComments,
): string {
  const document = new Document(settings)
  const schema: unknown = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })
  document.commentBefore = comment(header)
  const explain = (pair: Pair, path: string) => {
    if (!isScalar(pair.key)) return
    const key = String(pair.key.value)
    const at = path === '' ? key : `${path}.${key}`
    const suggested = suggestions
      .filter(({ before }) => before === at)
      .flatMap(({ settings: wanted, note }) => [
        ...Object.keys(wanted).flatMap((name) => descriptionAt(schema, [name])),
        ...(note === '' ? [] : [note]),
        ...flowYaml(wanted).trimEnd().split('\n'),
        '',
      ])
    const lines = [...suggested, ...descriptionAt(schema, at.split('.')), ...(notes[at] ?? [])]
    if (lines.length > 0) pair.key.commentBefore = comment(lines)
    if (isMap(pair.value)) for (const inner of pair.value.items) explain(inner, at)
  }
  if (isMap(document.contents)) for (const pair of document.contents.items) explain(pair, '')
  return inFlow(document).toString(plain)
}

/** Settings as YAML without comments. */
export function flowYaml(settings: Readonly<Record<string, unknown>>): string {
  return inFlow(new Document(settings)).toString(plain)
}

const plain = { lineWidth: 0 } as const

/** Lists of scalars, and maps in lists, on one line each. */
function inFlow(document: Document): Document {
  visit(document, {
    Map: (_key, map, path) => {
      if (path.some(isSeq)) map.flow = true
    },
    Seq: (_key, seq) => {
      if (seq.items.every(isScalar)) seq.flow = true
    },
  })
  return document
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '' : ` ${line.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')}`)).join('\n')
}

/** What the schema says of the key at a path, in the first of its alternatives that has it: nothing, or one line. */
function descriptionAt(schema: unknown, path: readonly string[]): string[] {
  const [name, ...rest] = path
  if (name === undefined) return textOf(schema, 'description')
  const alternatives = [member(schema, 'anyOf'), member(schema, 'oneOf')].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )
  for (const part of [schema, ...alternatives]) {
    const found = member(member(part, 'properties'), name)
    if (found !== undefined) return descriptionAt(found, rest)
  }
  return []
}

function textOf(part: unknown, name: string): string[] {
  const value = member(part, name)
  return typeof value === 'string' ? [value] : []
}

function member(part: unknown, name: string): unknown {
  return typeof part === 'object' && part !== null ? new Map(Object.entries(part)).get(name) : undefined
}
