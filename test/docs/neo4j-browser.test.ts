/** What docs/neo4j/ holds for Neo4j Browser, read as Browser reads it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf, repository } from '../support/page-blocks.ts'

const folder = join(repository, 'docs', 'neo4j')
const favourites = readdirSync(join(folder, 'favourites'))
  .sort()
  .map((file) => ({ file, text: readFileSync(join(folder, 'favourites', file), 'utf8') }))
const statementOf = (text: string) => text.replaceAll(/^\/\/.*\n/gm, '')

describe('the favourites', () => {
  it('are the statements of the notebook, each of which a test runs', () => {
    const shown = new Set(blocksOf('docs/neo4j-browser.md').map(({ text }) => text))
    expect(favourites.filter(({ text }) => !shown.has(statementOf(text))).map(({ file }) => file)).toEqual([])
  })

  it.each(favourites)('$file is named by its first line, and has a line for each of its parameters', ({ text }) => {
    expect(text).toMatch(/^\/\/ [A-Z]/)
    const used = new Set([...statementOf(text).matchAll(/\$(\w+)/g)].map(([, name]) => name))
    const said = [...text.matchAll(/^\/\/ :param (\w+) => \S+$/gm)].map(([, name]) => name)
    expect(said.sort()).toEqual([...used].sort())
  })
})

describe('the style sheet', () => {
  const sheet = readFileSync(join(folder, 'smg.grass'), 'utf8')
  // Later rules win over earlier ones, in the order of the file.
  const rules = new Map(
    [...sheet.matchAll(/([^{}]+?)\s*\{\n((?: {2}[\w-]+: (?:[^;'\n]+|'[^'\n]*');\n)+)\}\n/g)].map(
      ([, selector = '', body = '']) => [
        selector.trim(),
        new Map([...body.matchAll(/([\w-]+): (.+);/g)].map(([, name, value]) => [name, value])),
      ],
    ),
  )

  it('holds nothing but rules: Browser knows no comments', () => {
    expect(sheet.replaceAll(/[^{}]+?\s*\{\n(?: {2}[\w-]+: (?:[^;'\n]+|'[^'\n]*');\n)+\}\n/g, '').trim()).toBe('')
    expect(sheet).not.toMatch(/\/[/*]/)
  })

  it('has a rule for all nodes, for relationships, and after those a darker and larger one for each fifth of the masks', () => {
    const names = [...rules.keys()]
    expect(names.slice(0, 2)).toEqual(['node', 'relationship'])
    const fifths = names.filter((name) => name.startsWith('node.SmgMask'))
    expect(names.slice(-5)).toEqual(fifths)
    expect(fifths).toEqual([1, 2, 3, 4, 5].map((fifth) => `node.SmgMask${fifth}`))
    const look = fifths.map((name) => ({
      size: Number.parseInt(rules.get(name)?.get('diameter') ?? '', 10),
      brightness: brightnessOf(rules.get(name)?.get('color') ?? ''),
    }))
    for (let i = 1; i < look.length; i++) {
      expect(look[i]?.size).toBeGreaterThan(look[i - 1]?.size ?? Number.NaN)
      expect(look[i]?.brightness).toBeLessThan(look[i - 1]?.brightness ?? Number.NaN)
    }
  })
})

/** 0 black, 255 white; by the weights of ITU-R BT.601. */
function brightnessOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return 0.299 * red + 0.587 * green + 0.114 * blue
}
