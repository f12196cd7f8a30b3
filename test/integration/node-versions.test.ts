import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { nodeBinary, supportedNodeMajors } from './support/node-versions.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const multiplyMatrices = fileURLToPath(new URL('../model/support/multiply-matrices.ts', import.meta.url))

describe.each(supportedNodeMajors)('Node %i', (major) => {
  it('is the one that runs', async () => {
    const { stdout } = await run(await nodeBinary(major), ['--version'])
    expect(stdout).toMatch(new RegExp(`^v${major}\\.`))
  })

  it.each([
    ['native', 'tensorflow'],
    ['cpu', 'cpu'],
  ])('computes on the %s backend, in silence', async (wanted, backend) => {
    const { stdout, stderr } = await run(await nodeBinary(major), ['--import', 'tsx', multiplyMatrices, wanted])
    expect(JSON.parse(stdout)).toEqual({ product: [19, 22, 43, 50], backend })
    expect(stderr).toBe('')
  })

  it('runs the smg command, in silence', async () => {
    const { stdout, stderr } = await run(await nodeBinary(major), ['bin/smg.js', '--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(stderr).toBe('')
  })
})

/** Runs in the repository with an environment in which TensorFlow's log is as loud as it is by default. */
function run(node: string, args: readonly string[]) {
  const { TF_CPP_MIN_LOG_LEVEL: _, ...env } = process.env
  return promisify(execFile)(node, args, { cwd: root, env })
}
