/**
 * Plain data with typed arrays in one file: the SHA-256 of what follows in hexadecimal, a line feed, then what Node's
 * serializer makes of the value. A file appears in one step, complete: it is written beside its place, then renamed.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { isErrorWithCode, SmgError } from '../errors.ts'
import { sha256 } from './manifest.ts'

/** Rejects with the error of the file system. */
export async function writeSnapshot(file: string, value: unknown): Promise<void> {
  const content = serialize(value)
  const draft = `${file}.saving`
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(draft, 'w')
  try {
    await handle.writeFile(`${sha256(content)}\n`)
    await handle.writeFile(content)
    // Else a machine that loses its power may have the new name, and not what is in the file.
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}

/** The value; `undefined` where there is no file, or one that is damaged. Rejects with the error of the file system. */
export async function readSnapshot(file: string): Promise<unknown> {
  return readAny(file)
}

async function readAny(file: string) {
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (thrown) {
    if (isErrorWithCode(thrown, 'ENOENT')) return undefined
    throw thrown
  }
  const contentAt = bytes.indexOf(lineFeed) + 1
  const content = bytes.subarray(contentAt)
  if (bytes.toString('latin1', 0, Math.max(0, contentAt - 1)) !== sha256(content)) return undefined
  return deserialize(content)
}

/**
 * What this very program wrote with {@link writeSnapshot}, and so is not checked again.
 *
 * @throws SmgError where it is not there, or damaged
 */
export async function readOwnSnapshot<T>(file: string): Promise<T> {
  const value: T | undefined = await readAny(file)
  if (value === undefined) throw new SmgError(`Cannot read ${file}: it is gone, or was changed`)
  return value
}

const lineFeed = 0x0a
