import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../local-neo4j/support/temporary-directory.ts'
import { runSmg } from './support/run-smg.ts'

describe('smg db shell', () => {
  it('runs the statements on stdin and prints tables', async () => {
    const input = "RETURN 1 AS one, 'a;b' AS text;\nRETURN 2 AS two;"
    const { stdout, stderr, code } = await runSmg(['db', 'shell'], { cwd: await temporaryDirectory(), input })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/│ one │ text │[\s\S]*│ 1 {3}│ a;b {2}│[\s\S]*1 row[\s\S]*│ two │[\s\S]*│ 2 {3}│/)
    expect(code).toBe(0)
  })

  it('goes on after a statement that fails, and gives exit code 1', async () => {
    const input = 'RETURN nothing;\nRETURN 1 AS one;'
    const { stdout, stderr, code } = await runSmg(['db', 'shell', '--json'], { cwd: await temporaryDirectory(), input })
    expect(stderr).toContain('Variable `nothing` not defined')
    expect(JSON.parse(stdout)).toEqual([{ one: 1 }])
    expect(code).toBe(1)
  })
})

describe('smg db status', () => {
  it('gives exit code 1 for an instance that does not run, and says where its files are', async () => {
    const cwd = await temporaryDirectory()
    const { stdout, code } = await runSmg(['db', 'status', '--directory', cwd, '--json'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({ status: 'stopped', dataDirectory: cwd })
    expect(code).toBe(1)
  })
})

describe('smg db stop', () => {
  it('has nothing to do for an instance that does not run', async () => {
    const cwd = await temporaryDirectory()
    const { stdout, code } = await runSmg(['db', 'stop', '--directory', cwd], { cwd })
    expect(stdout).toBe('The local Neo4j was not running.\n')
    expect(code).toBe(0)
  })
})
