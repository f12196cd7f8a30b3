/** Folds that are given as files, such as those that published results were made with. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, SourceDataError } from '../../errors.ts'
import type { Fold } from '../../graph/cross-validation.ts'
import { compareKeys } from '../../graph/split.ts'
import { type Key, keyText } from '../../graph/subgraph.ts'

const testFile = /^test_idx-(\d+)\.txt$/

/**
 * Reads test_idx-1.txt, test_idx-2.txt, … and the train_idx-K.txt beside them: a graph a line, by its key, or by its place in
 * `keys` from 0. Without a train file all other graphs are trained on.
 *
 * @param keys of all graphs, in the order that places count in
 * @throws SourceDataError naming file and line of what is no graph, or is both trained on and tested on
 */
export async function readFoldFiles(folder: string, keys: readonly Key[]): Promise<Fold[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new SourceDataError(`Cannot read the folds in ${folder}: ${messageOf(cause)}`, { cause })
  })
  const numbers = names.flatMap((name) => testFile.exec(name)?.[1] ?? []).sort((a, b) => Number(a) - Number(b))
  if (numbers.length < 2)
    throw new SourceDataError(
      `Cannot read the folds in ${folder}: expected test_idx-1.txt and more, got ${numbers.length} of them`,
    )
  const byText = new Map(keys.map((key) => [keyText(key), key]))
  const keysIn = async (file: string): Promise<Key[]> =>
    (await readFile(file, 'utf8')).split('\n').flatMap((text, i) => {
      const line = text.trim()
      if (line === '') return []
      const key = byText.get(line) ?? (/^\d+$/.test(line) ? keys[Number(line)] : undefined)
      if (key === undefined)
        throw new SourceDataError(
          `Cannot read ${file}, line ${i + 1}: expected the key of a graph, or a place from 0 to ${keys.length - 1}, got '${line}'`,
        )
      return key
    })
  const folds: Fold[] = []
  for (const number of numbers) {
    const test = new Set(await keysIn(join(folder, `test_idx-${number}.txt`)))
    const trainFile = `train_idx-${number}.txt`
    const train = new Set(
      names.includes(trainFile) ? await keysIn(join(folder, trainFile)) : keys.filter((key) => !test.has(key)),
    )
    const both = [...test].find((key) => train.has(key))
    if (both !== undefined)
      throw new SourceDataError(
        `Cannot use fold ${number} in ${folder}: expected other graphs to train on than to test on, got ${keyText(both)} in both`,
      )
    folds.push({ train: [...train].sort(compareKeys), test: [...test].sort(compareKeys) })
  }
  return folds
}
