/** The built `smg` command in the process of the test: sooner than in one of its own, where a test runs dozens. */
import { vi } from 'vitest'
import type { main as Main } from '../../../src/cli/main.ts'
import type { SmgOutcome } from './run-smg.ts'
import { testServer } from './server.ts'

const built = new URL('../../../dist/cli/main.js', import.meta.url).href

/** Runs a command in a folder, on the test server, to its end. */
export async function smgInProcess(words: readonly string[], folder: string): Promise<SmgOutcome> {
  const { uri, username, password, database } = testServer()
  const server = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database }
  for (const [name, value] of Object.entries(server)) vi.stubEnv(name, value)
  const { main }: { main: typeof Main } = await import(built)
  const before = process.cwd()
  const heard = { stdout: '', stderr: '' }
  const log = vi.spyOn(console, 'log').mockImplementation((line) => {
    heard.stdout += `${line}\n`
  })
  const error = vi.spyOn(console, 'error').mockImplementation((line) => {
    heard.stderr += `${line}\n`
  })
  try {
    process.chdir(folder)
    return { code: await main(words), ...heard }
  } finally {
    process.chdir(before)
    process.exitCode = undefined
    log.mockRestore()
    error.mockRestore()
    vi.unstubAllEnvs()
  }
}
