/** What `smg evaluate` refuses before any training, on a data set of four graphs. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'

let folder: string
let printed = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-evaluate-command-'))
  const files = { A: '1, 2\n2, 1\n', graph_indicator: '1\n1\n2\n3\n4\n', graph_labels: '1\n2\n1\n2\n' }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, `MINI_${name}.txt`), text)
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(() => {
  printed = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += text
    return true
  })
  vi.spyOn(console, 'error').mockImplementation((text) => {
    printed += `${text}\n`
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('smg evaluate', () => {
  it.each([
    [['--compare', 'gcn'], 2, /expected names of smg-1, gin, gat, linear with commas between, got 'gcn'/],
    [['--folds', '1'], 2, /expected a whole number from 2 on/],
    [['--protocol', 'loo'], 2, /Allowed choices are gin, nested/],
    [['--report', 'nowhere/report.html'], 2, /Cannot write the report nowhere\/report.html: ENOENT/],
    [['--folds', '5'], 3, /Cannot make 5 folds: expected at least as many graphs with a target, got 4/],
    [['--search'], 2, /Cannot search: expected lists or ranges under evaluation.search.parameters, got none/],
    [['--fold-files', 'nowhere'], 3, /Cannot read the folds in nowhere/],
    [['--limit', '5'], 2, /limit/],
  ])('refuses %j', async (words, exitCode, message) => {
    expect(await main(['evaluate', folder, ...words])).toBe(exitCode)
    expect(printed).toMatch(message)
  })
})
