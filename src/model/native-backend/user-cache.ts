import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, link, lstat, mkdir, mkdtemp, readdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { messageOf, SmgError } from '../../errors.ts'
import type { TfjsNodePackage } from './installed-package.ts'

/** The per-user folder in which finished native backends are kept, so that a second checkout takes no time. */
export function nativeBackendCacheDirectory(): string {
  return join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'native-backend')
}

/** One kept backend: the addon and libraries of one TensorFlow version for one tfjs-node, platform and Node-API version. */
export function cacheEntryName(tfjsNode: TfjsNodePackage, tensorflowVersion: string): string {
  const platform = `${process.platform}-${process.arch}`
  return `tfjs-node-${tfjsNode.version}_tensorflow-${tensorflowVersion}_${platform}_napi-v${tfjsNode.napiVersion}`
}

/** A private folder beside the entries, on the same file system, named after the process that works in it. */
export async function makeStagingDirectory(cacheDirectory: string): Promise<string> {
  await mkdir(cacheDirectory, { recursive: true })
  await removeAbandonedStagingDirectories(cacheDirectory)
  return mkdtemp(join(cacheDirectory, `${stagingPrefix}${process.pid}-`))
}

const stagingPrefix = `.staging-${hostname()}-`

/** Removes what processes of this machine left behind that were killed in the middle of a build. */
async function removeAbandonedStagingDirectories(cacheDirectory: string): Promise<void> {
  for (const name of await readdir(cacheDirectory)) {
    if (!name.startsWith(stagingPrefix)) continue
    const owner = Number.parseInt(name.slice(stagingPrefix.length), 10)
    if (!isRunning(owner)) await rm(join(cacheDirectory, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

/**
 * Makes the files of a staged, finished backend an entry of the cache, in one rename: other processes see all of it or
 * nothing. Where another process was first, its entry stays.
 */
export async function keepInCache(staged: TfjsNodePackage, stagingDirectory: string, entry: string): Promise<void> {
  const finished = join(stagingDirectory, 'finished')
  await mkdir(finished)
  await rename(staged.addonDirectory, join(finished, addonFolder))
  await rename(staged.libraryDirectory, join(finished, libraryFolder))
  try {
    await rename(finished, entry)
  } catch (thrown) {
    if (!existsSync(entry)) throw thrown
  }
}

/**
 * Puts the files of a cache entry where tfjs-node looks for them: libraries first, the addon last.
 *
 * @throws SmgError when the entry is not whole or cannot be copied.
 */
export async function placeFromCache(entry: string, tfjsNode: TfjsNodePackage): Promise<void> {
  try {
    await placeFolder(join(entry, libraryFolder), tfjsNode.libraryDirectory, linkOrCopy)
    await placeFolder(join(entry, addonFolder), tfjsNode.addonDirectory, copy)
  } catch (cause) {
    throw new SmgError(
      `Cannot put the native TensorFlow backend in place: ${messageOf(cause)}; remove ${entry} and run \`smg setup\` again`,
      { cause },
    )
  }
}

const addonFolder = 'addon'
const libraryFolder = 'library'

type Put = (from: string, to: string) => Promise<void>

async function placeFolder(from: string, to: string, put: Put): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from)) await placeFile(join(from, name), join(to, name), put)
}

async function placeFile(from: string, to: string, put: Put): Promise<void> {
  const temporary = `${to}.${randomUUID()}`
  await put(from, temporary)
  await rename(temporary, to)
  // A rename between two names of one file does nothing, by POSIX.
  await rm(temporary, { force: true })
}

/** Costs no space where it can: a hard link, else (another file system) a symbolic link, else a copy. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  if ((await lstat(from)).isSymbolicLink()) return copy(from, to)
  for (const attempt of [link, symlink]) {
    try {
      return await attempt(from, to)
    } catch {}
  }
  await copy(from, to)
}

async function copy(from: string, to: string): Promise<void> {
  if ((await lstat(from)).isSymbolicLink()) await symlink(await readlink(from), to)
  else await copyFile(from, to)
}
