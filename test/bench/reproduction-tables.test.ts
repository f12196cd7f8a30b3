import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { writeTables } from '../../bench/reproduce/tables.ts'

const folder = fileURLToPath(new URL('../../bench/reproduce', import.meta.url))

it('the tables in the repository are those of the results beside them', async () => {
  const again = await mkdtemp(join(tmpdir(), 'smg-tables-'))
  onTestFinished(() => rm(again, { recursive: true }))
  await cp(join(folder, 'results'), join(again, 'results'), { recursive: true })
  await writeTables(again)
  for (const file of ['RESULTS.md', 'results.json'])
    expect(await readFile(join(again, file), 'utf8'), file).toBe(await readFile(join(folder, file), 'utf8'))
})

it('no two rows of results.json say that they are of the same evaluation', async () => {
  const rows: object[] = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8'))
  const evaluations = rows.map((row) => JSON.stringify({ ...row, mean: null, std: null, epoch: null }))
  expect(new Set(evaluations).size).toBe(evaluations.length)
})
