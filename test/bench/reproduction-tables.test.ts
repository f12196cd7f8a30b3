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
