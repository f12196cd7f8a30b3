import { describe, expect, it } from 'vitest'
import { isRunning, waitForExit } from '../../src/local-neo4j/processes.ts'
import { endedProcess, thisProcess } from './support/ended-process.ts'

describe('isRunning()', () => {
  it('holds for a live process and not for one that has ended', async () => {
    expect(await isRunning(await thisProcess())).toBe(true)
    expect(await isRunning(await endedProcess())).toBe(false)
  })

  it('does not take another process for the one that had the same id before', async () => {
    const { identity } = await endedProcess()
    expect(await isRunning({ pid: process.pid, identity })).toBe(false)
  })
})

describe('waitForExit()', () => {
  it('gives true for an ended process, and false for one that outlives the limit', async () => {
    expect(await waitForExit(await endedProcess(), 0)).toBe(true)
    expect(await waitForExit(await thisProcess(), 0)).toBe(false)
  })
})
