/**
 * Checks parity fixtures, those of `fixtures/parity` or any that `parity.py` of the Python peers writes:
 *
 *     npm run parity -- [--backend native|wasm|cpu] FILE...
 *
 * Prints the largest errors of each file, folded in one shard, and unfolded in two. Ends with 1 if one of them is above its
 * tolerance, with 2 on wrong usage.
 */
import { parseArgs } from 'node:util'
import {
  createParityCheck,
  nodeEmbeddingError,
  nodeEmbeddingTolerance,
  type ParityCheck,
  tolerances,
} from '../fixtures/parity/largest-errors.ts'
import { readParityFile } from '../fixtures/parity/parity-file.ts'
import { messageOf } from '../src/errors.ts'
import { unfolded } from '../src/graph/fold-plan.ts'
import { loadBackend } from '../src/model/backend.ts'

interface Found {
  readonly part: string
  readonly error: number
  readonly tolerance: number
}

function checkFile(file: string, { largestErrors }: ParityCheck): Found[] {
  const fixture = readParityFile(file)
  const whole = largestErrors(fixture)
  const split = largestErrors(fixture, { plan: unfolded, shardCount: 2 })
  const worse = (part: keyof typeof tolerances): Found => ({
    part,
    error: Math.max(whole[part], split[part]),
    tolerance: tolerances[part],
  })
  return [
    worse('masks'),
    { part: 'nodeEmbeddings', error: nodeEmbeddingError(fixture), tolerance: nodeEmbeddingTolerance },
    worse('graphEmbedding'),
    worse('outputs'),
    worse('loss'),
    worse('gradients'),
  ]
}

function checkFiles(files: readonly string[]): number {
  const check = createParityCheck()
  let code = 0
  for (const file of files) {
    const found = checkFile(file, check)
    const isRight = found.every(({ error, tolerance }) => error <= tolerance)
    if (!isRight) code = 1
    const texts = found.map(({ part, error, tolerance }) => {
      const limit = error <= tolerance ? '' : ` (at most ${tolerance})`
      return `${part} ${error.toExponential(1)}${limit}`
    })
    console.log(`${isRight ? 'right' : 'WRONG'}  ${file}  ${texts.join(', ')}`)
  }
  check.dispose()
  return code
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { backend: { type: 'string', default: 'native' } },
    allowPositionals: true,
  })
  const { backend } = values
  if (backend !== 'native' && backend !== 'wasm' && backend !== 'cpu')
    throw new TypeError(`Cannot check: expected backend native, wasm or cpu, got ${backend}`)
  if (positionals.length === 0) throw new TypeError('Cannot check: expected at least one file, got none')
  await loadBackend({ backend })
  return checkFiles(positionals)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (thrown) {
  console.error(messageOf(thrown))
  console.error('Usage: npm run parity -- [--backend native|wasm|cpu] FILE...')
  process.exitCode = 2
}
