/** Files that commands write beside what they print. */
import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConfigError, messageOf } from '../errors.ts'

/**
 * Hours of work should not end with a file that has no place.
 * @throws ConfigError where its folder is not there or cannot be written
 */
export async function requireFolderOf(file: string, what: string): Promise<void> {
  await access(dirname(file), constants.W_OK).catch((cause: unknown) => {
    throw new ConfigError(`Cannot write the ${what} ${file}: ${messageOf(cause)}`, { cause })
  })
}
