import { chmod, stat, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { instanceOf } from '../../src/local-neo4j/instance.ts'
import { ensurePassword, readPassword } from '../../src/local-neo4j/password.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

const silent = () => undefined
const permissions = async (file: string) => (await stat(file)).mode & 0o777

describe('ensurePassword()', () => {
  it('makes a long random password in a file for the owner only', async () => {
    const [first, second] = [await newInstance(), await newInstance()]
    const password = await ensurePassword(first, silent)
    expect(password).toMatch(/^[0-9a-f]{48}$/)
    expect(await ensurePassword(second, silent)).not.toBe(password)
    expect(await permissions(first.passwordFile)).toBe(0o600)
  })

  it('keeps the password it made', async () => {
    const instance = await newInstance()
    expect(await ensurePassword(instance, silent)).toBe(await ensurePassword(instance, silent))
  })

  it('closes a file that others could read, and says so', async () => {
    const instance = await newInstance()
    const password = await ensurePassword(instance, silent)
    await chmod(instance.passwordFile, 0o644)
    const lines: string[] = []
    expect(await ensurePassword(instance, (line) => lines.push(line))).toBe(password)
    expect(await permissions(instance.passwordFile)).toBe(0o600)
    expect(lines).toEqual([`${instance.passwordFile} could be read by others; now only its owner can`])
  })

  it('fills an empty file', async () => {
    const instance = await newInstance()
    await writeFile(instance.passwordFile, '')
    expect(await ensurePassword(instance, silent)).toHaveLength(48)
  })
})

describe('readPassword()', () => {
  it('reads what ensurePassword() made, and says how to get one where there is none', async () => {
    const instance = await newInstance()
    await expect(readPassword(instance.passwordFile)).rejects.toThrow(
      `Cannot read the password in ${instance.passwordFile}: there is none yet; "smg db start" makes one`,
    )
    const password = await ensurePassword(instance, silent)
    expect(await readPassword(instance.passwordFile)).toBe(password)
  })
})

async function newInstance() {
  return instanceOf({ directory: await temporaryDirectory() })
}
