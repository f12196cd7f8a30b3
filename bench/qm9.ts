/**
 * QM9 on a fixed sample of molecules, ours beside the peer's PyTorch Geometric (with `PEER_PYTHON`, a Python that has it):
 *
 *     npm run bench:qm9 -- --data ../shared/data/QM9.zip
 *
 * What each training leaves is kept in the user's cache: killed and called again, it goes on where it was. With `--side ours` or
 * `--side peer` one of them is trained alone, so that each can have its time.
 */
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'commander'
import envPaths from 'env-paths'
import { positiveCount, wholeNumber } from '../src/cli/whole-numbers.ts'
import { type Qm9Target, qm9Targets } from '../src/graph/qm9-types.ts'
import { type Experiment, type ExperimentOptions, readExperiment } from './qm9/experiment.ts'
import { trainOurs } from './qm9/ours.ts'
import { trainPeer } from './qm9/peer.ts'
import { resultOf, tableOf } from './qm9/result.ts'

interface Options extends Omit<ExperimentOptions, 'signal'> {
  readonly peers: string
  readonly side: 'ours' | 'peer' | 'both'
  readonly targets: Qm9Target[]
  readonly processes: number
  readonly threads: number
  readonly out: string
}

const repository = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../../..', import.meta.url))
const records = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'qm9')

await new Command('qm9')
  .description('Compares mean absolute errors on QM9 with those of PyTorch Geometric')
  .requiredOption('--data <path>', 'QM9.zip, or the folder of its files')
  .option('--peers <folder>', 'folder of smg_pyg.py', join('..', 'shared', 'peers'))
  .addOption(new Option('--side <which>', 'what is trained').choices(['ours', 'peer', 'both']).default('both'))
  .addOption(
    new Option('--targets <names...>', 'one model each').choices(qm9Targets).default(['mu', 'alpha', 'homo', 'zpve']),
  )
  .option('--molecules <n>', 'of the sample', positiveCount, 10_000)
  .option('--epochs <n>', 'of each training; a later call goes on to more', positiveCount, 100)
  .option('--seed <n>', 'of initial weights and batches', wholeNumber, 1)
  .option('--processes <n>', 'trainings at a time', positiveCount, availableParallelism())
  .option('--threads <n>', "of each of the peer's trainings", positiveCount, 1)
  .option('--out <folder>', 'where qm9.json and QM9.md go', join(repository, 'bench', 'results'))
  .action(run)
  .parseAsync()

async function run({ targets, out, side, ...options }: Options): Promise<void> {
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const { signal } = interrupt
  const experiments: Experiment[] = []
  for (const target of targets) experiments.push(await readExperiment(target, { ...options, signal }))
  const folder = join(records, `${options.molecules}-${options.seed}`)
  const { processes } = options
  const ours =
    side === 'peer'
      ? []
      : await trainOurs(experiments, join(folder, 'ours'), { processes, signal, onEpoch: progress('ours') })
  const peer = side === 'ours' ? [] : await trainPeer(experiments, join(folder, 'peer'), peerOptions(options, signal))
  const comparisons = experiments.flatMap((experiment, i) => {
    const [one, other] = [ours[i], peer[i]]
    return one === undefined || other === undefined ? [] : { experiment, ours: one, peer: other }
  })
  if (comparisons.length === 0) return
  const result = resultOf(comparisons)
  await writeFile(join(out, 'qm9.json'), `${JSON.stringify(result)}\n`)
  await writeFile(join(out, 'QM9.md'), tableOf(result.rows))
  console.log(JSON.stringify(result.rows))
}

function peerOptions({ peers, processes, threads }: Omit<Options, 'targets' | 'out' | 'side'>, signal: AbortSignal) {
  const python = process.env['PEER_PYTHON']
  if (python === undefined)
    throw new Error("Cannot compare: expected PEER_PYTHON, a python with the peers' packages, got none")
  let done = 0
  const told = progress('peer')
  const program = join(repository, 'bench', 'qm9', 'pyg.py')
  return { python, peers, program, processes, threads, signal, onEpoch: () => told(++done) }
}

/** Says every minute at most how many epochs are done, of all trainings together. */
function progress(side: string): (done: number) => void {
  const startedAt = performance.now()
  let toldAt = startedAt
  return (done) => {
    if (performance.now() - toldAt < 60_000) return
    toldAt = performance.now()
    console.error(`${side}: ${done} epochs, ${((toldAt - startedAt) / 60_000).toFixed(0)} min`)
  }
}
