/** The command and the native backend under the Node releases that the project supports beside the running one. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { nodeBinary, supportedNodeMajors } from './support/node-versions.ts'
import { testServer } from './support/server.ts'
import { createSmallGraphs, smallCounts, smallSettings } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const smg = join(root, 'bin', 'smg.js')
const multiplyMatrices = fileURLToPath(new URL('../model/support/multiply-matrices.ts', import.meta.url))

const place = workPlace()

describe.each(supportedNodeMajors)('Node %i', (major) => {
  it('is the one that runs', async () => {
    const { stdout } = await run(await nodeBinary(major), ['--version'])
    expect(stdout).toMatch(new RegExp(`^v${major}\\.`))
  })

  it.each([
    ['native', 'tensorflow', false],
    ['wasm', 'wasm', true],
    ['cpu', 'cpu', true],
  ])('computes on the %s backend, in silence', async (wanted, backend, warns) => {
    const { stdout, stderr } = await run(await nodeBinary(major), ['--import', 'tsx', multiplyMatrices, wanted])
    const { warning, ...result } = JSON.parse(stdout)
    expect(result).toEqual({ product: [19, 22, 43, 50], backend })
    expect(warning !== undefined).toBe(warns)
    expect(stderr).toBe('')
  })

  it('runs the smg command, in silence', async () => {
    const { stdout, stderr } = await run(await nodeBinary(major), [smg, '--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(stderr).toBe('')
  })

  it('trains, scores and writes, and finds it all unchanged with the Node that runs the tests', async () => {
    await createSmallGraphs(place.database)
    await writeFile(join(place.folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models')))
    const sync = async (node: string) => {
      const { uri, username, password, database } = testServer()
      const server = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database }
      const { stdout, stderr } = await run(node, [smg, 'sync', '--json', '--quiet'], { cwd: place.folder, env: server })
      expect(stderr).toBe('')
      return JSON.parse(stdout)
    }
    const { graphs, nodes } = smallCounts
    expect(await sync(await nodeBinary(major))).toMatchObject({
      trained: true,
      scored: graphs,
      nodePropertiesWritten: 8 * graphs + 2 * nodes,
      warnings: [],
    })
    const { rows } = await place.database.query(
      'MATCH (a:Atom) WHERE 0 < a.smgMaskLayer1 < 1 AND 0 < a.smgMaskLayer2 < 1 RETURN count(a)',
      {},
    )
    expect(rows).toEqual([[BigInt(nodes)]])
    expect(await sync(process.execPath)).toMatchObject({ trained: false, scored: 0, unchanged: graphs })
  })
})

/** Runs in the repository unless told otherwise, with an environment in which TensorFlow's log is as loud as by default. */
function run(
  node: string,
  args: readonly string[],
  { cwd = root, env: more = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
) {
  const { TF_CPP_MIN_LOG_LEVEL: _, ...env } = process.env
  return promisify(execFile)(node, args, { cwd, env: { ...env, ...more } })
}
