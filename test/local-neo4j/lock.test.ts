import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { InterruptedError } from '../../src/errors.ts'
import { withLock } from '../../src/local-neo4j/lock.ts'
import { endedProcess, thisProcess } from './support/ended-process.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

const purpose = 'testing'
const log = () => undefined

describe('withLock()', () => {
  it('lets one in at a time and leaves no file behind', async () => {
    const directory = await temporaryDirectory()
    const file = join(directory, 'lock')
    const events: string[] = []
    const enter = (name: string) =>
      withLock({ file, purpose, log }, async () => {
        events.push(`${name} in`)
        await readdir(directory)
        events.push(`${name} out`)
      })
    await Promise.all([enter('a'), enter('b'), enter('c')])
    const ins = events.filter((_event, index) => index % 2 === 0)
    expect(events).toEqual(ins.flatMap((event) => [event, event.replace(' in', ' out')]))
    expect(ins).toHaveLength(3)
    expect(await readdir(directory)).toEqual([])
  })

  it('says whom it waits for', async () => {
    const file = join(await temporaryDirectory(), 'lock')
    const lines: string[] = []
    let second: Promise<unknown> = Promise.resolve()
    await withLock({ file, purpose, log }, () => {
      return new Promise<void>((resolve) => {
        const announce = (line: string) => {
          lines.push(line)
          resolve()
        }
        second = withLock({ file, purpose, log: announce }, async () => undefined)
      })
    })
    await second
    expect(lines).toEqual([`Waiting for process ${process.pid}, which is testing too`])
  })

  it('takes the lock of a process that has ended', async () => {
    const file = join(await temporaryDirectory(), 'lock')
    await writeFile(file, JSON.stringify({ ...(await endedProcess()), token: 'left over' }))
    expect(await withLock({ file, purpose, log }, async () => 'done')).toBe('done')
  })

  it('is free again after work that throws', async () => {
    const file = join(await temporaryDirectory(), 'lock')
    const fail = withLock({ file, purpose, log }, () => Promise.reject(new Error('broken')))
    await expect(fail).rejects.toThrow('broken')
    expect(await withLock({ file, purpose, log }, async () => 'done')).toBe('done')
  })

  it('stops waiting when it is interrupted', async () => {
    const file = join(await temporaryDirectory(), 'lock')
    await writeFile(file, JSON.stringify({ ...(await thisProcess()), token: 'held' }))
    const controller = new AbortController()
    const waiting = withLock({ file, purpose, log: () => controller.abort(), signal: controller.signal }, async () => 0)
    await expect(waiting).rejects.toBeInstanceOf(InterruptedError)
  })
})
