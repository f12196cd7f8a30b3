/** The rules of DESIGN.md's folders, as functions from modules to sentences about what breaks them. */
import { posix } from 'node:path'
import type { SourceModule } from './source-module.ts'

type Imports = Pick<SourceModule, 'path' | 'imports'>

/** `errors < config < neo4j | graph < model < scoring < write-back | jobs | viewer < pipeline < cli` */
const order: readonly (readonly string[])[] = [
  ['errors'],
  ['config'],
  ['neo4j', 'graph'],
  ['model'],
  ['scoring'],
  ['write-back', 'jobs', 'viewer'],
  ['pipeline'],
  ['cli'],
]
const rankOf = new Map(order.flatMap((names, rank) => names.map((name) => [name, rank] as const)))

/** Stand beside the order: local-neo4j is its own small product, index the library's entry, which nobody imports. */
const importedBy: Readonly<Record<string, readonly string[]>> = { 'local-neo4j': ['pipeline', 'cli'], index: [] }
const seenFrom: Readonly<Record<string, (folder: string) => boolean>> = {
  'local-neo4j': (folder) => folder === 'errors' || folder === 'config',
  index: (folder) => folder !== 'cli',
}

/** `graph` of `src/graph/encode.ts`, `errors` of `src/errors.ts`. */
export function folderOf(path: string): string {
  return /^src\/([^/]+?)(\.ts$|\/)/.exec(path)?.[1] ?? path
}

export function isRelative(specifier: string): boolean {
  return specifier.startsWith('.')
}

/** The path that a relative import of `from` names. */
function resolveImport(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier)
}

function mayImport(from: string, to: string): boolean {
  if (from === to) return true
  const allowedImporters = importedBy[to]
  if (allowedImporters !== undefined) return allowedImporters.includes(from)
  const allowed = seenFrom[from]
  if (allowed !== undefined) return allowed(to)
  const [fromRank, toRank] = [rankOf.get(from), rankOf.get(to)]
  return fromRank !== undefined && toRank !== undefined && toRank < fromRank
}

/** Imports that go against the arrows, out of `src`, to a folder without a place, or to a file that is not there. */
export function wrongArrows(modules: readonly Imports[]): string[] {
  const paths = new Set(modules.map(({ path }) => path))
  return modules.flatMap(({ path, imports }) =>
    imports.filter(isRelative).flatMap((specifier) => {
      const target = resolveImport(path, specifier)
      if (!paths.has(target)) return [`${path} imports ${specifier}, which is no file of src`]
      return mayImport(folderOf(path), folderOf(target)) ? [] : [`${path} imports ${target}`]
    }),
  )
}

/** Every cycle once, as `a.ts -> b.ts -> a.ts`, type imports included. */
export function importCycles(modules: readonly Imports[]): string[] {
  const targets = new Map(
    modules.map(({ path, imports }) => [path, imports.filter(isRelative).map((name) => resolveImport(path, name))]),
  )
  const finished = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]) => {
    const seenAt = trail.indexOf(path)
    if (seenAt >= 0) cycles.push([...trail.slice(seenAt), path].join(' -> '))
    if (seenAt >= 0 || finished.has(path)) return
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path])
    finished.add(path)
  }
  for (const { path } of modules) visit(path, [])
  return cycles
}

/** Which package may be imported where; a package that is not listed may be imported nowhere. */
const packageHomes: readonly (readonly [packageName: RegExp, home: RegExp])[] = [
  [/^neo4j-driver$/, /^src\/neo4j\//],
  [/^@tensorflow\/tfjs-(node|backend-cpu|backend-wasm)$/, /^src\/model\/backend\.ts$/],
  [/^@tensorflow\/tfjs-core$/, /^src\/model\//],
  [/^graphology(-types)?$/, /^src\/(graph|viewer)\//],
  [/^yauzl$/, /^src\/(graph|model\/native-backend)\//],
  [/^(bullmq|croner|ioredis|prom-client)$/, /^src\/jobs\//],
  [/^(commander|cli-progress|cli-table3|pino|pino-pretty)$/, /^src\/cli\//],
  [/^jstat$/, /^src\/pipeline\/evaluate\//],
  [/^(d3-(interpolate|scale|shape)|graphology-layout-forceatlas2)$/, /^src\/viewer\//],
  [/^@resvg\/resvg-js$/, /^src\/viewer\/picture-png\.ts$/],
  [/^sigma(\/.*)?$/, /^src\/viewer\/page\//],
  [/^p-limit$/, /^src\/(jobs|pipeline|write-back)\//],
  [/^fastest-levenshtein$/, /^src\/config\//],
  // The doors where text or driver values of unknown shape enter.
  [/^zod$/, /^src\/(config|neo4j|model|jobs|local-neo4j)\//],
  // Of files: configuration in, configuration out.
  [/^yaml$/, /^src\/config\/(load|config-text)\.ts$/],
  [/^env-paths$/, /^src\/(local-neo4j|model\/native-backend)\//],
  // Other programs: the local server, the tools that fetch or build the native backend, and those that train on folds.
  [/^node:child_process$/, /^src\/(local-neo4j\/|model\/native-backend\/|pipeline\/evaluate\/fold-processes\.ts$)/],
  [/^node:/, /^src\//],
]

/** `@tensorflow/tfjs-core` of `@tensorflow/tfjs-core/dist/ops`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

export function strayPackages(modules: readonly Imports[]): string[] {
  return modules.flatMap(({ path, imports }) =>
    imports
      .filter((specifier) => !isRelative(specifier))
      .filter((specifier) => {
        const home = packageHomes.find(([name]) => name.test(packageOf(specifier)))?.[1]
        return home === undefined || !home.test(path)
      })
      .map((specifier) => `${path} imports ${specifier}`),
  )
}

/**
 * Where `process` may be read outside of `src/cli`: environment, platform and own id are needed to run other programs, to tell
 * whose lock a file is, to load a native library, and to hear from the process that started this one. `console` is for `src/cli` alone.
 */
const processHomes =
  /^src\/(cli\/|local-neo4j\/|model\/native-backend\/|model\/backend\.ts$|pipeline\/evaluate\/fold-process\.ts$)/

export function strayGlobals(modules: readonly Pick<SourceModule, 'path' | 'globals'>[]): string[] {
  return modules.flatMap(({ path, globals }) =>
    globals
      .filter((name) => !(name === 'process' ? processHomes : /^src\/cli\//).test(path))
      .map((name) => `${path} uses ${name}`),
  )
}

const mostLines = 300

/** Files that are named otherwise than in kebab-case, or longer than one idea needs. */
export function unfitFiles(modules: readonly Pick<SourceModule, 'path' | 'lineCount'>[]): string[] {
  return modules.flatMap(({ path, lineCount }) => [
    ...(/^src(\/[a-z0-9]+(-[a-z0-9]+)*)+\.ts$/.test(path) ? [] : [`${path} is not in kebab-case`]),
    ...(lineCount < mostLines ? [] : [`${path} has ${lineCount} lines`]),
  ])
}
