/** Programs that tests and measurements need: that on the path, else Debian's, fetched once into the cache of the user. */
import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import envPaths from 'env-paths'

export interface DebianProgram {
  readonly command: string
  /** What its environment needs beside that of this process. */
  readonly env: Readonly<Record<string, string>>
}

export interface Wanted {
  /** The name of its package too. */
  readonly name: string
  /** Where the package has it, such as usr/bin/redis-server. */
  readonly file: string
}

const run = promisify(execFile)

/** @throws Error where it is neither on the path nor to be had from Debian */
export async function debianProgram({ name, file }: Wanted): Promise<DebianProgram> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  const command = onPath.find(isExecutable)
  if (command !== undefined) return { command, env: {} }
  const cache = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'debian', name)
  if (!existsSync(cache)) await fetchInto(cache, name)
  return { command: join(cache, file), env: { LD_LIBRARY_PATH: (await libraryFolders(cache)).join(delimiter) } }
}

/** The package and those of its dependencies that this machine lacks. */
async function fetchInto(cache: string, name: string): Promise<void> {
  const draft = await mkdtemp(join(tmpdir(), 'smg-debian-'))
  try {
    const packages = await missingPackages(name, []).catch(async () => {
      // The machine does not know Debian's packages yet.
      const lists = ['-o', `Dir::State::lists=${draft}/lists`]
      await run('apt-get', [...lists, 'update'])
      return missingPackages(name, lists)
    })
    await run('apt-get', [...packages.options, 'download', ...packages.names], { cwd: draft })
    const root = join(draft, 'root')
    for (const entry of await readdir(draft))
      if (entry.endsWith('.deb')) await run('dpkg', ['-x', join(draft, entry), root])
    await mkdir(join(cache, '..'), { recursive: true })
    await cp(root, `${cache}.${process.pid}`, { recursive: true, verbatimSymlinks: true })
    await rename(`${cache}.${process.pid}`, cache)
  } catch (cause) {
    throw new Error(`Cannot get ${name}: expected it on the path, or apt-get to fetch it; install it`, { cause })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function missingPackages(name: string, options: readonly string[]) {
  const { stdout } = await run('apt-get', [
    ...options,
    'install',
    '--print-uris',
    '-qq',
    '--no-install-recommends',
    name,
  ])
  // 'URI' NAME_VERSION_ARCHITECTURE.deb SIZE DIGEST
  const names = [...stdout.matchAll(/^'[^']*' ([^_]+)_\S+\.deb /gm)].map(([, found = '']) => found)
  if (!names.includes(name)) throw new Error(`apt-get does not know ${name}`)
  return { names, options }
}

/** /usr/lib/ARCHITECTURE and what packages have in folders of their own below it. */
async function libraryFolders(cache: string): Promise<readonly string[]> {
  const entries = await readdir(cache, { recursive: true, withFileTypes: true })
  return [...new Set(entries.filter(({ name }) => /\.so(\.|$)/.test(name)).map(({ parentPath }) => parentPath))]
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
