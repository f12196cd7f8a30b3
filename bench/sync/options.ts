/** Arguments of the sync benchmark. */
import { Command, InvalidArgumentError } from 'commander'

export interface SyncBenchOptions {
  readonly nodes: number
  readonly rounds: number
  readonly warmup: number
  /** Compare with the Python peer. */
  readonly againstPython: boolean
  /** Of PyTorch. */
  readonly threads: number
  readonly json: boolean
}

const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`expected a whole number from ${least} on, got ${text}`)
    return value
  }

/** @param leastNodes a database has at least one graph */
export function syncBenchCommand(leastNodes: number, run: (options: SyncBenchOptions) => Promise<void>): Command {
  return new Command('bench:sync')
    .description(
      'Times a sync that scores a whole database with an existing model, and what it spends above the driver',
    )
    .option('--nodes <n>', 'members in the database, about 25 in a graph', wholeNumber(leastNodes), 10_000)
    .option('--rounds <n>', 'timed runs of each side, in turns', wholeNumber(1), 3)
    .option('--warmup <n>', 'untimed runs before them, for caches and query plans', wholeNumber(0), 1)
    .option(
      '--against-python',
      'take turns with the Python peer (its python in PEER_PYTHON) and print the ratio',
      false,
    )
    .option('--threads <n>', 'threads of PyTorch', wholeNumber(1), 1)
    .option('--json', 'one JSON document on stdout', false)
    .action(run)
}
