/**
 * What workers bring: a scoring of the whole database and an evaluation, each in one process, and with one and two workers in turns:
 *
 *     npm run bench:jobs -- --nodes 1000000 --data ../shared/data/MUTAG.zip [--json]
 *
 * Then a job that is asked for and watched in Cypher. Plain is a sync, and an evaluation in two processes, without Redis. On a Redis of its own, and a Neo4j as that of bench:sync.
 */
import Table from 'cli-table3'
import { Command } from 'commander'
import { wholeNumber } from '../src/cli/whole-numbers.ts'
import { type JobsBenchOptions, measureJobs } from './jobs/measure.ts'
import { placeStaticFiles } from './sync/static-files.ts'

await new Command('bench:jobs')
  .description('Times a scoring and an evaluation in one process, and with one and two workers')
  .option('--nodes <n>', 'members in the database, about 25 in a graph', wholeNumber, 100_000)
  .option('--rounds <n>', 'timed runs of each, in turns', wholeNumber, 3)
  .option('--warmup <n>', 'untimed runs before them, for caches and query plans', wholeNumber, 1)
  .requiredOption('--data <zip>', 'TUDataset to evaluate on')
  .option('--folds <n>', 'of the evaluation', wholeNumber, 10)
  .option('--epochs <n>', 'of the evaluation', wholeNumber, 100)
  .option('--json', 'one JSON document on stdout', false)
  .action(run)
  .parseAsync()

type Flags = Omit<JobsBenchOptions, 'log' | 'signal'> & { readonly json: boolean }

async function run({ json, ...options }: Flags): Promise<void> {
  placeStaticFiles()
  const interrupt = new AbortController()
  // So that the servers are stopped.
  process.once('SIGINT', () => interrupt.abort())
  const log = (line: string) => console.error(line)
  const result = await measureJobs({ ...options, log, signal: interrupt.signal })
  console.log(json ? JSON.stringify(result) : shown(result))
}

function shown({
  nodes,
  parts,
  folds,
  epochs,
  scoring,
  evaluation,
  watched,
}: Awaited<ReturnType<typeof measureJobs>>): string {
  const table = new Table({ head: ['', 'plain s', '1 worker s', '2 workers s', '1 / plain', '1 / 2'] })
  const cells = (numbers: readonly (number | undefined)[]) => numbers.map((value) => value?.toFixed(2) ?? '')
  const { plain_s, engine_over_plain } = scoring
  const { two_processes_s } = evaluation
  const row = (
    name: string,
    plain: number | undefined,
    over: number | undefined,
    side: typeof scoring | typeof evaluation,
  ) => table.push([name, ...cells([plain, side.one_worker_s, side.two_workers_s, over, side.one_over_two])])
  row(`score ${nodes} nodes in ${parts} parts`, plain_s, engine_over_plain, scoring)
  row(`evaluate ${folds} folds, ${epochs} epochs`, two_processes_s, undefined, evaluation)
  const { seconds, longest_still_s, eta_ratio_min, eta_ratio_max } = watched
  return `${table}
A job of ${seconds.toFixed(1)} s, watched in Cypher: its progress stood still for ${longest_still_s.toFixed(1)} s at most; in its second half it said
${eta_ratio_min.toFixed(2)} to ${eta_ratio_max.toFixed(2)} times the time that was left`
}
