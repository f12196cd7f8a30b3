/**
 * QM9 on a fixed sample of molecules, ours beside the peer's PyTorch Geometric (with `PEER_PYTHON`, a Python that has it):
 *
 *     npm run bench:qm9 -- --data ../shared/data/QM9.zip
 *
 * What each training leaves is kept in the user's cache: killed and called again, it goes on where it was. One that is over becomes
 * a file in bench/qm9/results, and is not done again while it is there.
 */
import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'commander'
import envPaths from 'env-paths'
import { positiveCount, wholeNumber } from '../src/cli/whole-numbers.ts'
import { type Qm9Target, qm9Targets } from '../src/graph/qm9-types.ts'
import { type ExperimentOptions, readExperiment } from './qm9/experiment.ts'
import { trainOurs } from './qm9/ours.ts'
import { trainPeer } from './qm9/peer.ts'
import { isStored, type Side, sides, storedTrainings, storeTraining, type TrainingName } from './qm9/stored-training.ts'
import { tableOf } from './qm9/table.ts'

interface Options extends Omit<ExperimentOptions, 'signal'> {
  readonly peers: string
  readonly sides: Side[]
  readonly targets: Qm9Target[]
  readonly processes: number
  readonly threads: number
  readonly out: string
}

const repository = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../../..', import.meta.url))
const peerPython = process.env['PEER_PYTHON'] ?? ''
const records = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'qm9')

await new Command('qm9')
  .description('Compares mean absolute errors on QM9 with those of PyTorch Geometric')
  .requiredOption('--data <path>', 'QM9.zip, or the folder of its files')
  .option('--peers <folder>', 'folder of smg_pyg.py', join('..', 'shared', 'peers'))
  .addOption(new Option('--sides <names...>', 'who trains').choices(sides).default([...sides]))
  .addOption(
    new Option('--targets <names...>', 'one model each').choices(qm9Targets).default(['mu', 'alpha', 'homo', 'zpve']),
  )
  .option('--molecules <n>', 'of the sample', positiveCount, 10_000)
  .option('--epochs <n>', 'of each training', positiveCount, 100)
  .option('--seed <n>', 'of initial weights and batches', wholeNumber, 1)
  .option('--processes <n>', 'trainings at a time', positiveCount, availableParallelism())
  .option('--threads <n>', "of each of the peer's trainings", positiveCount, 1)
  .option('--out <folder>', 'where results/ and RESULTS.md are', join(repository, 'bench', 'qm9'))
  .action(run)
  .parseAsync()

async function run(options: Options): Promise<void> {
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const { targets, out, processes, molecules, epochs, seed } = options
  const results = join(out, 'results')
  await showTable(out, results)
  const waiting: TrainingName[] = []
  for (const target of targets)
    for (const side of options.sides) {
      const name = { target, side, molecules, epochs, seed }
      if (!(await isStored(results, name))) waiting.push(name)
    }
  if (waiting.some(({ side }) => side === 'peer') && peerPython === '')
    throw new Error("Cannot compare: expected PEER_PYTHON, a python with the peers' packages, got none")
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await train(name, results, options, interrupt.signal)
      await showTable(out, results)
    }
  }
  await Promise.all(Array.from({ length: processes }, work))
}

async function showTable(out: string, results: string): Promise<void> {
  const table = tableOf(await storedTrainings(results))
  await writeFile(join(out, 'RESULTS.md'), table)
}

async function train(name: TrainingName, results: string, options: Options, signal: AbortSignal): Promise<void> {
  const { target, side, molecules, seed } = name
  const experiment = await readExperiment(target, { ...options, signal })
  const { train, validation, test } = experiment.task
  const folder = join(records, `${molecules}-${seed}`, side)
  const onEpoch = progress(`${target}, ${side}`)
  const curve =
    side === 'ours'
      ? await trainOurs(experiment, folder, { signal, onEpoch })
      : await trainPeer(experiment, folder, peerOptions(options, signal, onEpoch))
  await storeTraining(results, name, {
    target,
    side,
    molecules: { train: train.length, validation: validation.length, test: test.length },
    seed,
    machine: { cores: cpus().length, node: process.version },
    trainSeconds: curve.trainSeconds,
    epochs: [...curve.epochs],
  })
}

function peerOptions({ peers, threads }: Options, signal: AbortSignal, onEpoch: (done: number) => void) {
  let done = 0
  const program = join(repository, 'bench', 'qm9', 'pyg.py')
  return { python: peerPython, peers, program, threads, signal, onEpoch: () => onEpoch(++done) }
}

/** Says every minute at most how many epochs are done. */
function progress(name: string): (done: number) => void {
  const startedAt = performance.now()
  let toldAt = startedAt
  return (done) => {
    if (performance.now() - toldAt < 60_000) return
    toldAt = performance.now()
    console.error(`${name}: ${done} epochs, ${((toldAt - startedAt) / 60_000).toFixed(0)} min`)
  }
}
