import { describe, expect, it } from 'vitest'
import { folderOf, importCycles, strayGlobals, strayPackages, unfitFiles, wrongArrows } from './architecture/rules.ts'
import { parseModule, readSourceModules } from './architecture/source-module.ts'

const modules = readSourceModules()

describe('the source code', () => {
  it('has the folders of the design', () => {
    const folders = new Set(modules.map(({ path }) => folderOf(path)))
    for (const name of ['config', 'neo4j', 'graph', 'model', 'scoring', 'write-back', 'jobs', 'pipeline', 'cli'])
      expect(folders).toContain(name)
  })

  it('imports along the arrows only', () => {
    expect(wrongArrows(modules)).toEqual([])
  })

  it('has no import cycles', () => {
    expect(importCycles(modules)).toEqual([])
  })

  it('imports each package where it belongs only', () => {
    expect(strayPackages(modules)).toEqual([])
  })

  it('talks to terminal and process in the command line, or where another program is run, only', () => {
    expect(strayGlobals(modules)).toEqual([])
  })

  it('has kebab-case files of fewer than 300 lines', () => {
    expect(unfitFiles(modules)).toEqual([])
  })

  it('asserts no types', () => {
    expect(modules.filter(({ assertionCount }) => assertionCount > 0).map(({ path }) => path)).toEqual([])
  })

  it('keeps its Cypher in cypher/, but for the statements that are shown and not run', () => {
    expect(modules.filter(({ cypherTexts }) => cypherTexts.length > 0).map(({ path }) => path)).toEqual([
      'src/pipeline/next-queries.ts',
      'src/pipeline/view/members-query.ts',
    ])
  })
})

/** Modules that import what is given for each. */
function importing(imports: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(imports).map(([path, specifiers]) => ({ path, imports: specifiers }))
}

describe('wrongArrows()', () => {
  const targets = importing({
    'src/errors.ts': [],
    'src/index.ts': [],
    'src/config/schema.ts': [],
    'src/neo4j/database.ts': [],
    'src/graph/encode.ts': [],
    'src/model/train.ts': [],
    'src/scoring/score.ts': [],
    'src/write-back/remove.ts': [],
    'src/jobs/daemon.ts': [],
    'src/local-neo4j/start.ts': [],
    'src/pipeline/sync.ts': [],
    'src/cli/main.ts': [],
  })
  const wrong = (path: string, specifier: string) => wrongArrows([...targets, { path, imports: [specifier] }])

  it.each([
    ['src/graph/a.ts', '../errors.ts'],
    ['src/graph/a.ts', './encode.ts'],
    ['src/model/a.ts', '../graph/encode.ts'],
    ['src/scoring/a.ts', '../model/train.ts'],
    ['src/write-back/a.ts', '../neo4j/database.ts'],
    ['src/pipeline/a.ts', '../write-back/remove.ts'],
    ['src/pipeline/a.ts', '../local-neo4j/start.ts'],
    ['src/cli/a.ts', '../jobs/daemon.ts'],
    ['src/cli/a.ts', '../local-neo4j/start.ts'],
    ['src/local-neo4j/a.ts', '../config/schema.ts'],
    ['src/index.ts', './pipeline/sync.ts'],
    ['src/model/native/a.ts', '../../errors.ts'],
  ])('lets %s import %s', (path, specifier) => {
    expect(wrong(path, specifier)).toEqual([])
  })

  it.each([
    ['src/graph/a.ts', '../model/train.ts'],
    ['src/graph/a.ts', '../neo4j/database.ts'],
    ['src/neo4j/a.ts', '../graph/encode.ts'],
    ['src/write-back/a.ts', '../jobs/daemon.ts'],
    ['src/jobs/a.ts', '../write-back/remove.ts'],
    ['src/jobs/a.ts', '../pipeline/sync.ts'],
    ['src/pipeline/a.ts', '../cli/main.ts'],
    ['src/errors.ts', './config/schema.ts'],
    ['src/config/a.ts', '../local-neo4j/start.ts'],
    ['src/local-neo4j/a.ts', '../neo4j/database.ts'],
    ['src/index.ts', './cli/main.ts'],
    ['src/cli/a.ts', '../index.ts'],
    ['src/unheard-of/a.ts', '../errors.ts'],
    ['src/model/native/a.ts', '../../scoring/score.ts'],
  ])('objects where %s imports %s', (path, specifier) => {
    expect(wrong(path, specifier)).toHaveLength(1)
  })

  it('objects to files that are not there, or not of src', () => {
    expect(wrong('src/cli/a.ts', './nothing.ts')).toEqual([
      'src/cli/a.ts imports ./nothing.ts, which is no file of src',
    ])
    expect(wrong('src/cli/a.ts', '../../test/a.ts')).toHaveLength(1)
  })
})

describe('importCycles()', () => {
  it('finds a cycle of three files and a file that imports itself', () => {
    const cyclic = importing({
      'src/a.ts': ['./b/x.ts'],
      'src/b/x.ts': ['./y.ts', 'zod'],
      'src/b/y.ts': ['../a.ts'],
      'src/c.ts': ['./c.ts', './a.ts'],
    })
    expect(importCycles(cyclic)).toEqual(['src/a.ts -> src/b/x.ts -> src/b/y.ts -> src/a.ts', 'src/c.ts -> src/c.ts'])
  })

  it('takes two ways to one file for no cycle', () => {
    const diamond = importing({ 'src/a.ts': ['./b.ts', './c.ts'], 'src/b.ts': ['./d.ts'], 'src/c.ts': ['./d.ts'] })
    expect(importCycles([...diamond, { path: 'src/d.ts', imports: [] }])).toEqual([])
  })
})

describe('strayPackages()', () => {
  it.each([
    ['src/graph/a.ts', 'neo4j-driver'],
    ['src/pipeline/a.ts', 'neo4j-driver'],
    ['src/model/train.ts', '@tensorflow/tfjs-node'],
    ['src/scoring/a.ts', '@tensorflow/tfjs-core/dist/ops'],
    ['src/neo4j/a.ts', 'graphology'],
    ['src/cli/a.ts', 'croner'],
    ['src/cli/a.ts', 'prom-client'],
    ['src/pipeline/a.ts', 'commander'],
    ['src/jobs/a.ts', 'pino'],
    ['src/cli/a.ts', 'yauzl'],
    ['src/pipeline/a.ts', 'zod'],
    ['src/pipeline/a.ts', 'node:child_process'],
    ['src/cli/a.ts', 'left-pad'],
    ['src/cli/a.ts', 'import(…)'],
  ])('objects where %s imports %s', (path, specifier) => {
    expect(strayPackages(importing({ [path]: [specifier] }))).toEqual([`${path} imports ${specifier}`])
  })

  it.each([
    ['src/neo4j/values.ts', 'neo4j-driver'],
    ['src/model/backend.ts', '@tensorflow/tfjs-node'],
    ['src/model/losses.ts', '@tensorflow/tfjs-core'],
    ['src/local-neo4j/run-tool.ts', 'node:child_process'],
    ['src/graph/fingerprint.ts', 'node:crypto'],
  ])('lets %s import %s', (path, specifier) => {
    expect(strayPackages(importing({ [path]: [specifier] }))).toEqual([])
  })
})

describe('parseModule()', () => {
  it('sees every form of import', () => {
    const text = `import './a.ts'
      import type { B } from './b.ts'
      export { c } from './c.ts'
      export * from './d.ts'
      export type E = import('./e.ts').E
      await import('./f.ts')
      await import(\`./\${name}.ts\`)
      export const g = 1`
    expect(parseModule('src/x.ts', text).imports.toSorted()).toEqual([
      './a.ts',
      './b.ts',
      './c.ts',
      './d.ts',
      './e.ts',
      './f.ts',
      'import(…)',
    ])
  })

  it('tells globals from properties of the same name', () => {
    const globalsOf = (text: string) => parseModule('src/x.ts', text).globals
    expect(globalsOf('exit(process.env.HOME)')).toEqual(['process'])
    expect(globalsOf('globalThis.console.log(1)')).toEqual(['console'])
    expect(globalsOf('const { env } = process; use({ console })')).toEqual(['process', 'console'])
    expect(globalsOf('stop(server.process, { process: 1 })')).toEqual([])
  })

  it('counts type assertions, but not "as const"', () => {
    expect(parseModule('src/x.ts', 'use([1] as const, a as B, c as unknown as D)').assertionCount).toBe(3)
  })

  it('knows a Cypher statement from prose', () => {
    const text = `const a = 'MATCH (n) RETURN n'; const b = \`UNWIND $rows AS row\`; const c = 'Cannot create (yet)'`
    expect(parseModule('src/x.ts', text).cypherTexts).toEqual(['MATCH (n) RETURN n', 'UNWIND $rows AS row'])
  })
})

describe('strayGlobals()', () => {
  it('lets the command line use both, the backend process only, and the model neither', () => {
    const globals = ['process', 'console']
    const paths = ['src/cli/output.ts', 'src/model/backend.ts', 'src/model/train.ts']
    expect(strayGlobals(paths.map((path) => ({ path, globals })))).toEqual([
      'src/model/backend.ts uses console',
      'src/model/train.ts uses process',
      'src/model/train.ts uses console',
    ])
  })
})

describe('unfitFiles()', () => {
  it('objects to other names and to 300 lines', () => {
    const files = [
      { path: 'src/graph/edge-spool.ts', lineCount: 299 },
      { path: 'src/graph/edgeSpool.ts', lineCount: 1 },
      { path: 'src/graph/edge_spool.ts', lineCount: 300 },
    ]
    expect(unfitFiles(files)).toEqual([
      'src/graph/edgeSpool.ts is not in kebab-case',
      'src/graph/edge_spool.ts is not in kebab-case',
      'src/graph/edge_spool.ts has 300 lines',
    ])
  })
})
