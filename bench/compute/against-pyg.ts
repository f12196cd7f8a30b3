/** Runs both sides in alternation, each in a process of its own, and compares medians and minima. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import type { ComputeOptions } from './options.ts'
import { median } from './statistics.ts'

/** All data sets of the comparison, the large ones as a subset. */
export const datasets: readonly (readonly [name: string, subset: number])[] = [
  ['MUTAG', 0],
  ['PROTEINS', 0],
  ['NCI1', 0],
  ['IMDB-BINARY', 0],
  ['COLLAB', 500],
  ['REDDIT-BINARY', 500],
]

/** `npm run` starts in the root of the repository. */
const peerScript = join('..', 'shared', 'peers', 'bench_compute.py')
const ourScript = join('node_modules', '.bench', 'bench', 'compute.js')

const resultSchema = z.looseObject({
  graphs: z.number(),
  nodes: z.number(),
  edges: z.number(),
  features: z.number(),
  train_epoch_s: z.number(),
  train_epoch_min_s: z.number(),
  eval_epoch_s: z.number(),
  eval_epoch_min_s: z.number(),
  peak_rss_mb: z.number(),
  loss_last: z.number(),
  load_average: z.number(),
})
type Result = z.output<typeof resultSchema>

export interface Comparison {
  readonly dataset: string
  readonly ours: readonly Result[]
  readonly pyg: readonly Result[]
  /** Ours divided by theirs: of the medians over rounds, and of the smallest values. */
  readonly ratio: Readonly<Record<'train' | 'train_min' | 'eval' | 'eval_min' | 'peak_rss', number>>
}

/** `log` gets a line for each run. */
export function compare(
  dataset: string,
  subset: number,
  options: ComputeOptions,
  log: (line: string) => void,
): Comparison {
  const python = process.env['PEER_PYTHON']
  if (python === undefined)
    throw new Error("Cannot compare: expected PEER_PYTHON, a python with the peers' packages, got none")
  const shared = [
    ...['--data', options.data, '--dataset', dataset, '--subset', `${subset}`, '--variant', options.variant],
    ...['--layers', `${options.layers}`, '--hidden', `${options.hidden}`, '--batch', `${options.batch}`],
    ...['--epochs', `${options.epochs}`, '--warmup', `${options.warmup}`, '--threads', `${options.threads}`],
    ...['--lr', `${options.lr}`, '--dropout', `${options.dropout}`, '--seed', `${options.seed}`],
    ...(options.attributes ? ['--attributes'] : []),
    ...(options.degreeCap === undefined ? [] : ['--degree-cap', `${options.degreeCap}`]),
    ...(options.inputProjection ? [] : ['--no-input-projection']),
    ...['--malloc', 'tuned', '--json'],
  ]
  const onlyOurs = [
    ...['--backend', options.backend],
    ...(options.scoreBatch === undefined ? [] : ['--score-batch', `${options.scoreBatch}`]),
  ]
  const ours: Result[] = []
  const pyg: Result[] = []
  for (let round = 1; round <= options.rounds; round++) {
    ours.push(run(process.execPath, [ourScript, ...shared, ...onlyOurs]))
    log(`${dataset} round ${round} ours ${describe(ours.at(-1))}`)
    pyg.push(run(python, [peerScript, ...shared]))
    log(`${dataset} round ${round} PyG  ${describe(pyg.at(-1))}`)
  }
  const ofMedians = (key: 'train_epoch_s' | 'eval_epoch_s' | 'peak_rss_mb') =>
    median(ours.map((result) => result[key])) / median(pyg.map((result) => result[key]))
  const ofMinima = (key: 'train_epoch_min_s' | 'eval_epoch_min_s') =>
    Math.min(...ours.map((result) => result[key])) / Math.min(...pyg.map((result) => result[key]))
  const ratio = {
    train: ofMedians('train_epoch_s'),
    train_min: ofMinima('train_epoch_min_s'),
    eval: ofMedians('eval_epoch_s'),
    eval_min: ofMinima('eval_epoch_min_s'),
    peak_rss: ofMedians('peak_rss_mb'),
  }
  return { dataset, ours, pyg, ratio }
}

function describe(result: Result | undefined): string {
  return `train ${result?.train_epoch_s} s (min ${result?.train_epoch_min_s}), score ${result?.eval_epoch_s} s (min ${result?.eval_epoch_min_s}), peak ${result?.peak_rss_mb} MB`
}

function run(command: string, args: readonly string[]): Result {
  const { stdout, stderr, status, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (error !== undefined) throw new Error(`Cannot measure: ${error.message}`, { cause: error })
  if (status !== 0) throw new Error(`Cannot measure: ${command} ended with ${status}: ${stderr.slice(-2000)}`)
  return resultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}
