import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import envPaths from 'env-paths'

/** The Node majors beyond the running one that the project supports. */
export const supportedNodeMajors = [24, 26] as const

export type SupportedNodeMajor = (typeof supportedNodeMajors)[number]

/**
 * The path of a Node binary of that major, taken once per user from the npm package that carries it.
 *
 * @throws Error with npm's message when there is none for this platform or it cannot be fetched.
 */
export async function nodeBinary(major: SupportedNodeMajor): Promise<string> {
  const packageName = `node-${process.platform}-${process.arch}`
  const cache = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'node-versions')
  const kept = join(cache, `${packageName}-${major}`)
  const binary = join(kept, 'node_modules', packageName, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(binary)) await fetchPackage(`${packageName}@${major}`, cache, kept)
  return binary
}

/** Installs one npm package into a folder of its own, which appears whole or not at all. */
async function fetchPackage(specifier: string, cache: string, kept: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const staging = await mkdtemp(join(cache, '.staging-'))
  try {
    await writeFile(join(staging, 'package.json'), '{}')
    await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', specifier], {
      cwd: staging,
    })
    await rename(staging, kept)
  } catch (thrown) {
    const anotherWasFirst = existsSync(kept)
    if (!anotherWasFirst) throw thrown
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
