/** Plain data with typed arrays in one checked file, by Node's serializer. */
import { readFile } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import { isErrorWithCode, SmgError } from '../errors.ts'
import { checkedContent, writeChecked } from './checked-file.ts'

/** Rejects with the error of the file system. */
export async function writeSnapshot(file: string, value: unknown): Promise<void> {
  await writeChecked(file, serialize(value))
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
  const content = checkedContent(bytes)
  return content === null ? undefined : deserialize(content)
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
