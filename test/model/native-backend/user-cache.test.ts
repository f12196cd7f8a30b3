import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  describeTfjsNodePackage,
  isNativeBackendInPlace,
  type TfjsNodePackage,
} from '../../../src/model/native-backend/installed-package.ts'
import {
  cacheEntryName,
  keepInCache,
  makeStagingDirectory,
  placeFromCache,
} from '../../../src/model/native-backend/user-cache.ts'

let root: string
let cache: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'smg-cache-'))
  cache = join(root, 'cache')
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** A package with the manifest of tfjs-node and, where given, native files of that content. */
async function makePackage(directory: string, content?: string): Promise<TfjsNodePackage> {
  await mkdir(directory, { recursive: true })
  const manifest = { version: '4.22.0', binary: { napi_versions: [3, 8, 99] } }
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest))
  const tfjsNode = describeTfjsNodePackage(directory)
  if (content === undefined) return tfjsNode
  await mkdir(tfjsNode.libraryDirectory, { recursive: true })
  await mkdir(tfjsNode.addonDirectory, { recursive: true })
  await writeFile(tfjsNode.addonFile, `addon ${content}`)
  await writeFile(join(tfjsNode.libraryDirectory, 'libtensorflow_framework.so.2'), `library ${content}`)
  return tfjsNode
}

async function keep(content: string): Promise<string> {
  const staging = await makeStagingDirectory(cache)
  const staged = await makePackage(join(staging, 'package'), content)
  const entry = join(cache, cacheEntryName(staged, '2.18.1'))
  await keepInCache(staged, staging, entry)
  return entry
}

describe('describeTfjsNodePackage()', () => {
  it('takes the newest Node-API version that package and Node both know', async () => {
    expect((await makePackage(join(root, 'checkout'))).napiVersion).toBe(8)
  })
})

describe('the cache of native backends', () => {
  it('gives a checkout without native files those of an earlier one', async () => {
    const checkout = await makePackage(join(root, 'checkout'))
    const entry = await keep('one')
    expect(isNativeBackendInPlace(checkout)).toBe(false)
    await placeFromCache(entry, checkout)
    expect(isNativeBackendInPlace(checkout)).toBe(true)
    expect(await readFile(checkout.addonFile, 'utf8')).toBe('addon one')
    expect(await readdir(checkout.libraryDirectory)).toEqual(['libtensorflow_framework.so.2'])
  })

  it('outlives the checkout, and the checkout the cache', async () => {
    const entry = await keep('one')
    const first = await makePackage(join(root, 'first'))
    await placeFromCache(entry, first)
    await rm(first.directory, { recursive: true })
    const second = await makePackage(join(root, 'second'))
    await placeFromCache(entry, second)
    await rm(cache, { recursive: true })
    expect(isNativeBackendInPlace(second)).toBe(true)
  })

  it('keeps the entry of whoever was first', async () => {
    const entries = [await keep('first'), await keep('second')]
    expect(entries[0]).toBe(entries[1])
    const checkout = await makePackage(join(root, 'checkout'))
    await placeFromCache(await keep('third'), checkout)
    expect(await readFile(checkout.addonFile, 'utf8')).toBe('addon first')
  })

  it('may be placed by several processes at once, and again', async () => {
    const entry = await keep('one')
    const checkout = await makePackage(join(root, 'checkout'))
    await Promise.all([placeFromCache(entry, checkout), placeFromCache(entry, checkout)])
    await placeFromCache(entry, checkout)
    expect(await readdir(checkout.libraryDirectory)).toEqual(['libtensorflow_framework.so.2'])
    expect(await readdir(checkout.addonDirectory)).toEqual(['tfjs_binding.node'])
  })

  it('names the entry to remove when it is not whole', async () => {
    const entry = await keep('one')
    await rm(join(entry, 'addon'), { recursive: true })
    const checkout = await makePackage(join(root, 'checkout'))
    await expect(placeFromCache(entry, checkout)).rejects.toThrow(`remove ${entry} and run \`smg setup\` again`)
    expect(isNativeBackendInPlace(checkout)).toBe(false)
  })
})

describe('makeStagingDirectory()', () => {
  it('removes what a killed process of this machine left, and nothing of a living one', async () => {
    const living = await makeStagingDirectory(cache)
    const prefix = join(dirname(living), `.staging-${hostname()}-`)
    const abandoned = `${prefix}${2 ** 30}-abcdef`
    await mkdir(abandoned)
    await makeStagingDirectory(cache)
    expect([existsSync(living), existsSync(abandoned)]).toEqual([true, false])
  })
})
