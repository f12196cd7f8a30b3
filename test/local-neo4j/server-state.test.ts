import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { instanceOf } from '../../src/local-neo4j/instance.ts'
import { readLiveState, writeState } from '../../src/local-neo4j/server-state.ts'
import { endedProcess, thisProcess } from './support/ended-process.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

const server = { port: 7688, neo4jVersion: '5.26.30', javaHome: '/java', startedAt: '2026-01-01T00:00:00.000Z' }

describe('readLiveState()', () => {
  it('reads what writeState() wrote while the process lives', async () => {
    const instance = instanceOf({ directory: await temporaryDirectory() })
    const state = { ...(await thisProcess()), ...server }
    await writeState(instance, state)
    expect(await readLiveState(instance)).toEqual(state)
  })

  it('gives nothing for a process that has ended', async () => {
    const instance = instanceOf({ directory: await temporaryDirectory() })
    await writeState(instance, { ...(await endedProcess()), ...server })
    expect(await readLiveState(instance)).toBeUndefined()
  })

  it.each(['', '{', '{"pid": 1}', 'null'])('gives nothing for a file that holds %j', async (text) => {
    const instance = instanceOf({ directory: await temporaryDirectory() })
    await writeFile(instance.stateFile, text)
    expect(await readLiveState(instance)).toBeUndefined()
  })

  it('gives nothing where there is no file', async () => {
    expect(await readLiveState(instanceOf({ directory: await temporaryDirectory() }))).toBeUndefined()
  })
})
