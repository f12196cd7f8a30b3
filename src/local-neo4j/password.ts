/** The password of user neo4j: made here, kept in a file that only the owner can read. */
import { randomBytes } from 'node:crypto'
import { chmod, stat } from 'node:fs/promises'
import { DatabaseError } from '../errors.ts'
import { readIfThere, writeWhole } from './files.ts'
import type { Instance } from './instance.ts'

const passwordBytes = 24
const permissionsOfOthers = 0o077

/** Reads the password, or makes one where there is none; a file that others could read is closed to them. */
export async function ensurePassword({ passwordFile }: Instance, log: (line: string) => void): Promise<string> {
  const kept = (await readIfThere(passwordFile))?.trim()
  if (kept === undefined || kept === '') {
    const made = randomBytes(passwordBytes).toString('hex')
    await writeWhole(passwordFile, made)
    return made
  }
  if (((await stat(passwordFile)).mode & permissionsOfOthers) !== 0) {
    await chmod(passwordFile, 0o600)
    log(`${passwordFile} could be read by others; now only its owner can`)
  }
  return kept
}

/** @throws DatabaseError when there is none yet. */
export async function readPassword(passwordFile: string): Promise<string> {
  const text = await readIfThere(passwordFile)
  if (text === undefined)
    throw new DatabaseError(`Cannot read the password in ${passwordFile}: there is none yet; "smg db start" makes one`)
  return text.trim()
}
