/**
 * Speed and memory of training and scoring on the benchmark data, alone or side by side with PyTorch Geometric:
 *
 *     npm run bench:compute -- --dataset PROTEINS --json
 *     PEER_PYTHON=… npm run bench:compute -- --against-pyg [--dataset NAME --subset N]
 */
import { spawnSync } from 'node:child_process'
import Table from 'cli-table3'
import { compare, datasets } from './compute/against-pyg.ts'
import { type ComputeOptions, computeCommand } from './compute/options.ts'

/** Read by glibc when a process starts: freed blocks are kept instead of being returned to the system. */
const tunedMalloc = { MALLOC_MMAP_THRESHOLD_: '4294967296', MALLOC_TRIM_THRESHOLD_: '17179869184' }

const command = computeCommand(run)
await command.parseAsync()

async function run(options: ComputeOptions): Promise<void> {
  if (options.againstPyg) return compareAll(options)
  if (options.malloc === 'tuned' && process.env['MALLOC_MMAP_THRESHOLD_'] === undefined) {
    const args = [...process.execArgv, ...process.argv.slice(1)]
    const env = { ...process.env, ...tunedMalloc, TF_NUM_INTEROP_THREADS: `${options.threads}` }
    process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1
    return
  }
  process.env['TF_NUM_INTEROP_THREADS'] ??= `${options.threads}`
  const { measure } = await import('./compute/measure.ts')
  const result = await measure(options)
  if (options.json) console.log(JSON.stringify(result))
  else for (const [key, value] of Object.entries(result)) console.log(key.padEnd(20), value)
}

function compareAll(options: ComputeOptions): void {
  const named = command.getOptionValueSource('dataset') === 'cli'
  const wanted = named ? [[options.dataset, options.subset] as const] : datasets
  const comparisons = wanted.map(([name, subset]) => compare(name, subset, options, (line) => console.error(line)))
  if (options.json) {
    console.log(JSON.stringify(comparisons))
    return
  }
  const table = new Table({ head: ['ours / PyG', 'train', 'train min', 'score', 'score min', 'peak RSS'] })
  for (const { dataset, ratio } of comparisons)
    table.push(
      [dataset, ratio.train, ratio.train_min, ratio.eval, ratio.eval_min, ratio.peak_rss].map((cell) =>
        typeof cell === 'number' ? cell.toFixed(2) : cell,
      ),
    )
  console.log(table.toString())
}
