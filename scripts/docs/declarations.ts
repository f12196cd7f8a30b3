/** Declarations of the sources: their text without bodies, their docstrings, and the types that they name. */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { type Comment, type Program, parseSync, Visitor } from 'oxc-parser'

type Body = Program['body'][number]

export interface Declaration {
  readonly name: string
  /** From the repository root, such as `src/pipeline/sync.ts`. */
  readonly file: string
  /** TypeScript, without bodies. */
  readonly text: string
  /** Markdown; empty where there is none. */
  readonly doc: string
  /** The declarations of ours that it names, and where they are. */
  readonly mentions: readonly Place[]
}

/** A declaration's name, and the file that has it. */
export interface Place {
  readonly name: string
  readonly file: string
}

interface Module {
  readonly file: string
  readonly text: string
  readonly program: Program
  readonly comments: readonly Comment[]
}

const modules = new Map<string, Module>()

function moduleOf(file: string): Module {
  const known = modules.get(file)
  if (known !== undefined) return known
  const text = readFileSync(file, 'utf8')
  const { program, comments, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`Cannot parse ${file}: ${errors[0]?.message}`)
  const parsed = { file, text, program, comments }
  modules.set(file, parsed)
  return parsed
}

/** What a module exports from others, in its order. */
export function reexportsOf(file: string): Place[] {
  return moduleOf(file).program.body.flatMap((statement) =>
    statement.type === 'ExportNamedDeclaration' && statement.source !== null
      ? statement.specifiers.map(({ local }) => ({
          name: nameOf(local),
          file: resolved(file, statement.source?.value ?? ''),
        }))
      : [],
  )
}

/** @throws Error where the file does not declare the name */
export function declarationOf({ name, file }: Place): Declaration {
  const module = moduleOf(file)
  for (const statement of module.program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declared === null || !('id' in declared) || declared.id === null || nameOf(declared.id) !== name) continue
    const ranges = shownRanges(declared, module.text)
    const shown = ranges.map(([start, end]) => module.text.slice(start, end))
    return {
      name,
      file,
      text: plainText(shown.join('')),
      doc: docBefore(statement.start, module),
      mentions: mentionsIn(ranges, module).filter((place) => place.name !== name),
    }
  }
  const elsewhere = reexportsOf(file).find((place) => place.name === name) ?? placeOf(name, module)
  if (elsewhere !== undefined && elsewhere.file !== file) return declarationOf(elsewhere)
  throw new Error(`Cannot document ${name}: expected a declaration in ${file}, got none`)
}

/** Of methods that take a statement of the catalogue, which no caller can make. */
const internal = /: Statement</

function plainText(declaration: string): string {
  return declaration.replaceAll('override ', '').replaceAll(link, '`$1`').replaceAll(/ +$/gm, '').trim()
}

const link = /\{@link ([^}]+)\}/g

type Range = readonly [start: number, end: number]

/** The parts of a declaration that are shown: no bodies, no private members, no values. */
function shownRanges(declared: Body, text: string): Range[] {
  if (declared.type === 'FunctionDeclaration') return [[declared.start, declared.body?.start ?? declared.end]]
  if (declared.type !== 'ClassDeclaration') return [[declared.start, declared.end]]
  const members = declared.body.body.flatMap((member): Range[] => {
    if (!('key' in member) || member.key.type === 'PrivateIdentifier') return []
    const lineStart = text.lastIndexOf('\n', docStart(member.start, text)) + 1
    if (member.type === 'PropertyDefinition')
      return [
        [lineStart, member.value === null ? member.end : (member.typeAnnotation?.end ?? member.end)],
        lineEnd(member.end, text),
      ]
    if (member.type !== 'MethodDefinition' || member.kind === 'constructor') return []
    if (internal.test(text.slice(member.start, member.value.body?.start))) return []
    return [[lineStart, member.value.body?.start ?? member.end], lineEnd(member.end, text)]
  })
  return [
    [declared.start, declared.body.start + 1],
    lineEnd(declared.body.start, text),
    ...members,
    [declared.body.end - 1, declared.body.end],
  ]
}

/** The next end of a line, as a range. */
function lineEnd(from: number, text: string): Range {
  const end = text.indexOf('\n', from)
  return [end, end + 1]
}

/** Where the docstring of a member begins, or the member where it has none. */
function docStart(start: number, text: string): number {
  const before = text.slice(0, start).trimEnd()
  return before.endsWith('*/') ? before.lastIndexOf('/**') : start
}

/** The docstring that ends right before `start`, as Markdown. */
function docBefore(start: number, { text, comments }: Module): string {
  const found = comments.find(
    ({ type, value, end }) =>
      type === 'Block' && value.startsWith('*') && end <= start && text.slice(end, start).trim() === '',
  )
  if (found === undefined) return ''
  const lines = found.value.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
  return lines
    .join('\n')
    .replaceAll(link, '`$1`')
    .replaceAll(/^@throws\s+/gm, '\nThrows ')
    .replaceAll(/^@param (\S+)\s+/gm, '\n`$1`: ')
    .replaceAll(/^@returns?\s+/gm, '\nGives ')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

function mentionsIn(ranges: readonly Range[], module: Module): Place[] {
  const names = new Set<string>()
  const isShown = ({ start, end }: { readonly start: number; readonly end: number }) =>
    ranges.some(([first, last]) => start >= first && end <= last)
  new Visitor({
    TSTypeReference: (node) => isShown(node) && node.typeName.type === 'Identifier' && names.add(node.typeName.name),
    TSInterfaceHeritage: (node) =>
      isShown(node) && node.expression.type === 'Identifier' && names.add(node.expression.name),
    ClassDeclaration: (node) =>
      isShown({ start: node.start, end: node.start }) &&
      node.superClass?.type === 'Identifier' &&
      names.add(node.superClass.name),
  }).visit(module.program)
  return [...names].flatMap((name) => placeOf(name, module) ?? [])
}

/** Where a name of a module is declared; `undefined` where that is not one of our modules. */
function placeOf(name: string, { file, program }: Module): Place | undefined {
  for (const statement of program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declared !== null && 'id' in declared && declared.id !== null && nameOf(declared.id) === name)
      return { name, file }
    if (statement.type !== 'ImportDeclaration' || !statement.source.value.startsWith('.')) continue
    for (const specifier of statement.specifiers)
      if (specifier.type === 'ImportSpecifier' && specifier.local.name === name)
        return { name: nameOf(specifier.imported), file: resolved(file, statement.source.value) }
  }
  return undefined
}

function resolved(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier)
}

function nameOf(node: { readonly type: string; readonly name?: unknown; readonly value?: unknown }): string {
  return String(node.name ?? node.value)
}
