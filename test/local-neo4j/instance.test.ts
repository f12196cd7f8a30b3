import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import { instanceOf, prepareDirectory } from '../../src/local-neo4j/instance.ts'
import { ensurePassword } from '../../src/local-neo4j/password.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

describe('instanceOf()', () => {
  it('gives the releases of a line one folder, and each line its own', () => {
    const directory = (neo4jVersion: string) => instanceOf({ neo4jVersion }).directory
    expect(directory('5.26.1')).toBe(directory('5.26.30'))
    expect(directory('5.26.30')).not.toBe(directory('2026.08.1'))
  })
})

describe('prepareDirectory()', () => {
  it('makes a folder for the owner only', async () => {
    const directory = join(await temporaryDirectory(), 'a', 'b')
    await prepareDirectory(instanceOf({ directory }))
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
  })

  it('takes a folder it made before', async () => {
    const instance = instanceOf({ directory: await temporaryDirectory() })
    await prepareDirectory(instance)
    await ensurePassword(instance, () => undefined)
    await prepareDirectory(instance)
    expect(await readdir(instance.directory)).toEqual(['password'])
  })

  it('refuses a folder of other things and leaves it as it is', async () => {
    const directory = join(await temporaryDirectory(), 'photos')
    await mkdir(directory, { mode: 0o755 })
    await writeFile(join(directory, 'cat.jpg'), '')
    const { mode } = await stat(directory)
    await expect(prepareDirectory(instanceOf({ directory }))).rejects.toThrow(
      new ConfigError(
        `Cannot keep the local Neo4j in ${directory}: expected an empty folder or one of its own, found cat.jpg; name another`,
      ),
    )
    expect((await stat(directory)).mode).toBe(mode)
  })
})
