/** Files that processes on several machines need, by their names, for a day: in Redis. */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { isErrorWithCode } from '../errors.ts'
import { keyPrefix } from './part-queues.ts'

export interface SharedFiles {
  /** Lets others fetch a file of a folder; one that is not there is left out. */
  share(folder: string, name: string): Promise<void>
  /** Puts a file into a folder, where somebody has shared it. */
  fetch(folder: string, name: string): Promise<void>
}

const keptSeconds = 24 * 60 * 60

/** @param databaseId files of other databases have other names */
export function sharedFiles(redis: Redis, databaseId: string): SharedFiles {
  const keyOf = (name: string) => `${keyPrefix}:file:${databaseId}:${name}`
  return {
    share: async (folder, name) => {
      const bytes = await readIfThere(join(folder, name))
      if (bytes !== null) await redis.set(keyOf(name), bytes, 'EX', keptSeconds)
    },
    fetch: async (folder, name) => {
      const bytes = await redis.getBuffer(keyOf(name))
      if (bytes === null) return
      await mkdir(folder, { recursive: true })
      const draft = join(folder, `${name}.${randomUUID()}`)
      await writeFile(draft, bytes)
      await rename(draft, join(folder, name))
    },
  }
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (thrown) {
    if (isErrorWithCode(thrown, 'ENOENT')) return null
    throw thrown
  }
}
