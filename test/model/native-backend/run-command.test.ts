import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { InterruptedError, SmgError } from '../../../src/errors.ts'
import { runCommand } from '../../../src/model/native-backend/run-command.ts'

const node = (script: string, options?: Parameters<typeof runCommand>[2]) =>
  runCommand(process.execPath, ['--eval', script], options)

const forever = 'setInterval(() => {}, 1000)'

describe('runCommand()', () => {
  it('gives what the command wrote to stdout', async () => {
    expect(await node('console.log("out"); console.error("err")')).toBe('out\n')
  })

  it('fails with the exit code and the last lines of the output', async () => {
    const failure = node('for (let i = 0; i < 100; i++) console.error("line " + i); process.exitCode = 3')
    await expect(failure).rejects.toThrow(SmgError)
    await expect(failure).rejects.toThrow(/: exit code 3\nline 88\n(.*\n)*line 99$/)
  })

  it('says so when there is no such command', async () => {
    await expect(runCommand('no-such-command', [])).rejects.toThrow(/^Cannot run no-such-command: .*ENOENT/)
  })

  it('ends the command, and what it started, when it is interrupted', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'smg-run-'))
    const started = join(directory, 'started')
    const grandchild = `require('node:fs').writeFileSync(${JSON.stringify(started)}, ''); ${forever}`
    const child = `require('node:child_process').spawn(process.execPath, ['--eval', ${JSON.stringify(grandchild)}], { stdio: 'inherit' })`
    const controller = new AbortController()
    const running = node(`${child}; ${forever}`, { signal: controller.signal })
    await vi.waitUntil(() => existsSync(started), { timeout: 30_000 })
    controller.abort()
    // The pipes close, and this settles, only when the last process that holds them is gone.
    await expect(running).rejects.toThrow(InterruptedError)
    rmSync(directory, { recursive: true })
  })

  it('ends a command that makes no progress', async () => {
    const stalled = node(forever, { stall: { millis: 10, measureProgress: async () => 0 } })
    await expect(stalled).rejects.toThrow(/: it stood still and was stopped$/)
  })

  it('lets a silent command run as long as it makes progress', async () => {
    let size = 0
    const stall = { millis: 10, measureProgress: async () => size++ }
    expect(await node('setTimeout(() => console.log("done"), 500)', { stall })).toBe('done\n')
  })
})
