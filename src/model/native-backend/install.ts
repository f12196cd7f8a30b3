import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, SmgError, throwIfInterrupted } from '../../errors.ts'
import { buildNativeBackend } from './build.ts'
import { downloadedTensorflowVersion, downloadNativeBackend } from './download.ts'
import { findTfjsNodePackage, isNativeBackendInPlace, type TfjsNodePackage } from './installed-package.ts'
import { runCommand } from './run-command.ts'
import { stagePackage } from './staged-package.ts'
import {
  cacheEntryName,
  keepInCache,
  makeStagingDirectory,
  nativeBackendCacheDirectory,
  placeFromCache,
} from './user-cache.ts'
import { wheelTensorflowVersion } from './wheel.ts'

export interface InstallOptions {
  readonly log: (message: string) => void
  readonly signal?: AbortSignal
}

export interface Installation {
  /** `present`: nothing was to be done. `cache`: an earlier result of this user. */
  readonly source: 'present' | 'cache' | 'download' | 'built'
  readonly millis: number
}

/**
 * Puts the native library of tfjs-node in place: from the per-user cache, else by tfjs-node's own installer, else by building
 * its addon against the TensorFlow wheel. Works on a private copy, so an interrupted or failed attempt leaves nothing behind
 * and any number of processes may do it at once.
 *
 * @throws SmgError when no way succeeds; its `cause` is an AggregateError of one error per way.
 * @throws InterruptedError when `options.signal` is aborted.
 */
export async function installNativeBackend(options: InstallOptions): Promise<Installation> {
  const start = performance.now()
  const source = await install(findTfjsNodePackage(), options)
  return { source, millis: Math.round(performance.now() - start) }
}

async function install(tfjsNode: TfjsNodePackage, options: InstallOptions): Promise<Installation['source']> {
  if (isNativeBackendInPlace(tfjsNode)) return 'present'
  const cacheDirectory = nativeBackendCacheDirectory()
  const ways = waysToMake(tfjsNode, options)
  const entryOf = (way: Way): string => join(cacheDirectory, cacheEntryName(tfjsNode, way.tensorflowVersion))
  const kept = ways.map(entryOf).find((entry) => existsSync(entry))
  if (kept !== undefined) {
    await placeFromCache(kept, tfjsNode)
    return 'cache'
  }
  const failures: unknown[] = []
  for (const way of ways) {
    try {
      await makeCacheEntry(tfjsNode, way, cacheDirectory, entryOf(way), options.signal)
      await placeFromCache(entryOf(way), tfjsNode)
      return way.source
    } catch (thrown) {
      throwIfInterrupted(options.signal, 'setting up the native backend')
      failures.push(thrown)
    }
  }
  throw new SmgError(`Cannot put the native TensorFlow backend in place:\n${failures.map(messageOf).join('\n')}`, {
    cause: new AggregateError(failures),
  })
}

interface Way {
  readonly source: 'download' | 'built'
  readonly tensorflowVersion: string
  readonly make: (staged: TfjsNodePackage) => Promise<void>
}

function waysToMake(tfjsNode: TfjsNodePackage, { log, signal }: InstallOptions): readonly Way[] {
  return [
    {
      source: 'download',
      tensorflowVersion: downloadedTensorflowVersion(tfjsNode),
      make: (staged) => {
        log('Downloading the native TensorFlow backend')
        return downloadNativeBackend(staged, signal)
      },
    },
    {
      source: 'built',
      // A new name for what is built otherwise than before, so that no earlier build is taken for it.
      tensorflowVersion: `${wheelTensorflowVersion}-quiet`,
      make: (staged) => {
        log('It cannot be downloaded ready-made here, so it is built')
        return buildNativeBackend(staged, log, signal)
      },
    },
  ]
}

async function makeCacheEntry(
  tfjsNode: TfjsNodePackage,
  way: Way,
  cacheDirectory: string,
  entry: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stagingDirectory = await makeStagingDirectory(cacheDirectory)
  try {
    const staged = await stagePackage(tfjsNode, stagingDirectory)
    await way.make(staged)
    await checkAddonLoads(staged, signal)
    await keepInCache(staged, stagingDirectory, entry)
  } finally {
    await rm(stagingDirectory, { recursive: true, force: true })
  }
}

/** Loads the addon in a process of its own: a library made for another system fails here and not in the user's work. */
async function checkAddonLoads(staged: TfjsNodePackage, signal: AbortSignal | undefined): Promise<void> {
  await runCommand(process.execPath, ['--eval', `require(${JSON.stringify(staged.addonFile)})`], { signal })
}
