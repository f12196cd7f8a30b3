import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SourceDataError } from '../../../src/errors.ts'
import { readFoldFiles } from '../../../src/pipeline/evaluate/fold-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-folds-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const keys = ['a', 'b', 'c', 'd']
const write = (name: string, text: string) => writeFile(join(folder, name), text)

describe('readFoldFiles()', () => {
  it('reads graphs by place or by key, in the order of the numbers, and trains on the rest', async () => {
    await write('test_idx-1.txt', '0\n1\n')
    await write('test_idx-2.txt', 'd\r\nc\r\n')
    await write('test_idx-10.txt', 'a')
    expect(await readFoldFiles(folder, keys)).toEqual([
      { train: ['c', 'd'], test: ['a', 'b'] },
      { train: ['a', 'b'], test: ['c', 'd'] },
      { train: ['b', 'c', 'd'], test: ['a'] },
    ])
  })

  it('takes what a file says is trained on', async () => {
    await write('test_idx-1.txt', '0\n')
    await write('train_idx-1.txt', '2\n3\n')
    await write('test_idx-2.txt', '1\n')
    expect((await readFoldFiles(folder, keys))[0]).toEqual({ train: ['c', 'd'], test: ['a'] })
  })

  it('refuses what is no graph, a graph in both parts, and a folder without folds, by name', async () => {
    await expect(readFoldFiles(folder, keys)).rejects.toThrow(
      new SourceDataError(`Cannot read the folds in ${folder}: expected test_idx-1.txt and more, got 0 of them`),
    )
    await write('test_idx-1.txt', '0\n')
    await write('test_idx-2.txt', '1\n4\n')
    await expect(readFoldFiles(folder, keys)).rejects.toThrow(
      `Cannot read ${join(folder, 'test_idx-2.txt')}, line 2: expected the key of a graph, or a place from 0 to 3, got '4'`,
    )
    await write('test_idx-2.txt', '1\n')
    await write('train_idx-2.txt', '0\n1\n')
    await expect(readFoldFiles(folder, keys)).rejects.toThrow(
      `Cannot use fold 2 in ${folder}: expected other graphs to train on than to test on, got b in both`,
    )
    await expect(readFoldFiles(join(folder, 'none'), keys)).rejects.toThrow(SourceDataError)
  })
})
