/** Small files that are there in full or not at all. */
import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'

/** Writes through a temporary file beside it; `mode` is that of the new file, for the owner only by default. */
export async function writeWhole(file: string, text: string, mode = 0o600): Promise<void> {
  const partial = `${file}.${randomUUID()}`
  try {
    await writeFile(partial, text, { flag: 'wx', mode })
    await rename(partial, file)
  } finally {
    await rm(partial, { force: true })
  }
}

/** The text of a file, or `undefined` where there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return undefined
    throw thrown
  }
}

/** Whether a system call failed with this code, such as "EEXIST". */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code
}
