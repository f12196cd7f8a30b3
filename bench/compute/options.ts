/** Arguments of the compute benchmark: those of the Python peer's `bench_compute.py`, and a few of ours. */
import { Command, InvalidArgumentError, Option } from 'commander'

export interface ComputeOptions {
  readonly data: string
  readonly dataset: string
  readonly variant: 'smg' | 'smg-jk' | 'm-smg' | 'm-smg-jk'
  readonly layers: number
  readonly hidden: number
  readonly batch: number
  readonly scoreBatch: number | undefined
  readonly epochs: number
  readonly warmup: number
  readonly threads: number
  readonly subset: number
  readonly attributes: boolean
  readonly degreeCap: number | undefined
  readonly inputProjection: boolean
  readonly lr: number
  readonly dropout: number
  readonly seed: number
  readonly malloc: 'default' | 'tuned'
  readonly backend: 'native' | 'wasm' | 'cpu'
  readonly json: boolean
  /** Compare with the Python peer, on `--dataset` or on all of the six. */
  readonly againstPyg: boolean
  readonly rounds: number
}

const number = (text: string): number => {
  const value = Number(text)
  if (Number.isNaN(value)) throw new InvalidArgumentError(`expected a number, got ${text}`)
  return value
}

export function computeCommand(run: (options: ComputeOptions) => Promise<void>): Command {
  return new Command('bench:compute')
    .description('Times training and scoring epochs; an epoch is all graphs once, batching included')
    .option('--data <folder>', 'folder that holds NAME.zip', '../shared/data')
    .option('--dataset <name>', 'TUDataset', 'MUTAG')
    .addOption(new Option('--impl <name>').choices(['smg']).default('smg'))
    .addOption(new Option('--variant <name>').choices(['smg', 'smg-jk', 'm-smg', 'm-smg-jk']).default('smg-jk'))
    .option('--layers <n>', '', number, 4)
    .option('--hidden <n>', '', number, 64)
    .option('--batch <n>', 'graphs per training step', number, 64)
    .option('--score-batch <n>', 'graphs scored at a time; default: as the product does', number)
    .option('--epochs <n>', 'timed epochs', number, 7)
    .option('--warmup <n>', 'untimed epochs before them', number, 3)
    .option('--threads <n>', '', number, 2)
    .option('--subset <n>', 'so many random graphs only; 0: all', number, 0)
    .option('--attributes', 'append the node attributes to the features', false)
    .option('--degree-cap <n>', 'cap of the one-hot degree where there are no node labels', number)
    .option('--no-input-projection', 'h^0 = x')
    .option('--lr <rate>', '', number, 5e-4)
    .option('--dropout <p>', '', number, 0.5)
    .option('--seed <n>', '', number, 1)
    .addOption(
      new Option('--malloc <kind>', 'tuned: glibc keeps freed blocks').choices(['default', 'tuned']).default('default'),
    )
    .addOption(new Option('--backend <name>').choices(['native', 'wasm', 'cpu']).default('native'))
    .option('--json', 'one JSON document on stdout', false)
    .option('--against-pyg', 'alternate with the Python peer (its python in PEER_PYTHON) and print the ratios', false)
    .option('--rounds <n>', 'runs of each side, in alternation', number, 2)
    .action(run)
}
