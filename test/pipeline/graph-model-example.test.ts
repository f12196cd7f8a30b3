/** The program of docs/library.md without a database is examples/graphology.ts, and prints what that page shows. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const example = join(repository, 'examples', 'graphology.ts')
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const page = readFileSync(join(repository, 'docs', 'library.md'), 'utf8')
const blocks = [...page.matchAll(/^```(?:ts|text)\n(.*?)^```$/gms)].map(([, text = '']) => text)
const [code = '', output = ''] = blocks.slice(blocks.findIndex((text) => text.includes('createModel(')))
const folder = mkdtempSync(join(tmpdir(), 'smg-example-'))

const number = /\d+(\.\d+)?(e-\d+)?/g
const wordsOf = (text: string) => text.trim().replaceAll(number, '#')
const numbersOf = (text: string) => text.match(number) ?? []

describe('examples/graphology.ts', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is the program that docs/library.md shows', () => {
    expect(readFileSync(example, 'utf8').replace("'../src/index.ts'", "'soft-mask-neo4j'")).toContain(code)
    expect(code).toContain('createModel(')
  })

  it('prints what docs/library.md shows, and saves the model', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsx, example], { cwd: folder })
    expect(wordsOf(stdout)).toBe(wordsOf(output))
    const printed = numbersOf(stdout)
    numbersOf(output).forEach((shown, i) => {
      // Another processor rounds otherwise, and training goes its own way from there.
      const tolerance = shown.includes('.') ? 0.25 : 0
      expect(Math.abs(Number(printed[i]) - Number(shown))).toBeLessThanOrEqual(tolerance)
    })
    expect(existsSync(join(folder, '.smg', 'models', 'toxicity', '1', 'model.json'))).toBe(true)
  })
})
