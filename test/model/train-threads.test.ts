import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('support/train-stars.ts', import.meta.url))

/** Checksum of the weights that a process with so many TensorFlow threads ends up with. */
async function weightsWith(threads: string): Promise<string> {
  const env = { ...process.env, TF_NUM_INTEROP_THREADS: threads }
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], { env })
  return stdout
}

it('trainNetwork() gives the same weights bit for bit in processes with other numbers of threads', async () => {
  const [one, two] = await Promise.all(['1', '2'].map(weightsWith))
  expect(one).toMatch(/^[0-9a-f]{64}\n$/)
  expect(two).toBe(one)
})
