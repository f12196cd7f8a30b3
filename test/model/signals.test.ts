/**
 * A signal that comes while oneDNN multiplies matrices on the thread of JavaScript overwrites the heap
 * (https://github.com/uxlfoundation/oneDNN/issues/4845): a profiler, a closed terminal or a child that ends could crash a training,
 * or change its weights.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('support/train-under-signals.ts', import.meta.url))

/** Exit code, signals that were sent, and the checksum of the weights that a training ends with. */
async function trained(kind: string, everyMillis: number | null) {
  const child = spawn(process.execPath, ['--import', 'tsx', script, kind], { stdio: ['ignore', 'pipe', 'inherit'] })
  let [output, sent] = ['', 0]
  let timer: NodeJS.Timeout | undefined
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (everyMillis !== null) timer ??= setInterval(() => child.kill('SIGWINCH') && sent++, everyMillis)
  })
  const [code] = await once(child, 'close')
  clearInterval(timer)
  return { code, sent, weights: output.replace('ready\n', '') }
}

it.each(['smg', 'gin', 'gat'])('a training of %s under a hail of signals ends with the same weights', async (kind) => {
  const [quiet, disturbed] = await Promise.all([trained(kind, null), trained(kind, 1)])
  expect(quiet.weights).toMatch(/^[0-9a-f]{64}\n$/)
  expect(disturbed).toMatchObject({ code: 0, weights: quiet.weights })
  expect(disturbed.sent).toBeGreaterThan(100)
})
