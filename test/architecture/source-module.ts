/** What the architecture tests look at in a source file. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'oxc-parser'

export interface SourceModule {
  /** From the repository root, such as `src/graph/encode.ts`. */
  readonly path: string
  readonly lineCount: number
  /** Specifiers of every import, export-from and import(), of values and of types; `import(…)` where it is no plain text. */
  readonly imports: readonly string[]
  /** Globals of Node that it reads: `process`, `console`. */
  readonly globals: readonly string[]
  /** Type assertions other than `as const`. */
  readonly assertionCount: number
  /** Texts in it that look like a Cypher statement. */
  readonly cypherTexts: readonly string[]
}

const watchedGlobals = new Set(['process', 'console'])
const cypher = /^\s*(MATCH|OPTIONAL MATCH|MERGE|CREATE|UNWIND|CALL|SHOW|DROP|RETURN)\b/m

/** @throws Error where the text does not parse */
export function parseModule(path: string, text: string): SourceModule {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`Cannot parse ${path}: ${errors[0]?.message}`)
  const imports: string[] = []
  const globals = new Set<string>()
  const cypherTexts: string[] = []
  const propertyNames = new Set<object>()
  let assertionCount = 0
  const addText = (literal: string) => {
    if (cypher.test(literal)) cypherTexts.push(literal)
  }
  new Visitor({
    ImportDeclaration: ({ source }) => imports.push(source.value),
    ExportAllDeclaration: ({ source }) => imports.push(source.value),
    ExportNamedDeclaration: ({ source }) => source !== null && imports.push(source.value),
    TSImportType: ({ source }) => imports.push(source.value),
    ImportExpression: ({ source }) =>
      imports.push(source.type === 'Literal' && typeof source.value === 'string' ? source.value : 'import(…)'),
    MemberExpression: (member) => {
      const ofGlobalThis = member.object.type === 'Identifier' && member.object.name === 'globalThis'
      if (!member.computed && !ofGlobalThis) propertyNames.add(member.property)
    },
    Property: ({ key, computed, shorthand }) => {
      if (!computed && !shorthand) propertyNames.add(key)
    },
    Identifier: (identifier) => {
      if (watchedGlobals.has(identifier.name) && !propertyNames.has(identifier)) globals.add(identifier.name)
    },
    TSAsExpression: ({ typeAnnotation: type }) => {
      const isConst =
        type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const'
      if (!isConst) assertionCount++
    },
    TSTypeAssertion: () => assertionCount++,
    Literal: ({ value }) => typeof value === 'string' && addText(value),
    TemplateElement: ({ value }) => addText(value.raw),
  }).visit(program)
  return { path, lineCount: text.split('\n').length - 1, imports, globals: [...globals], assertionCount, cypherTexts }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every TypeScript file of `src/`. */
export function readSourceModules(): SourceModule[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name)
      return parseModule(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8'))
    })
}
