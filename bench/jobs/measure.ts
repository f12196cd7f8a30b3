/** All runs on one database, plain and with one and two workers, in turns. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startLocalRedis } from '../../scripts/local-redis.ts'
import { median } from '../compute/statistics.ts'
import { environmentOf } from '../sync/connection.ts'
import { scoringConfig } from '../sync/dataset.ts'
import { withServer } from '../sync/server.ts'
import { build, clear, makeModel, runEvaluation, runOurs, type SideOptions } from '../sync/sides.ts'
import { createService, type Service } from './service.ts'
import { watchJob } from './watched-job.ts'

export interface JobsBenchOptions {
  readonly nodes: number
  readonly rounds: number
  readonly warmup: number
  /** TUDataset of the evaluation. */
  readonly data: string
  readonly folds: number
  readonly epochs: number
  /** Gets a line for each run. */
  readonly log: (line: string) => void
  readonly signal: AbortSignal
}

interface Runs {
  readonly plain: number[]
  readonly one: number[]
  readonly two: number[]
}

export async function measureJobs(options: JobsBenchOptions) {
  const { nodes, rounds, folds, epochs } = options
  const folder = await mkdtemp(join(tmpdir(), 'smg-bench-jobs-'))
  const redis = await startLocalRedis()
  try {
    const { graphs, scoring, evaluating, watched } = await withServer(options, async ({ connection, isOwn }) => {
      const side: SideOptions = { connection, signal: options.signal }
      const built = await build(nodes, isOwn, side)
      await makeModel(folder, side)
      const env = { ...environmentOf(connection), SMG_REDIS_URL: redis.url }
      const workers = [1, 2].map((n) => createService({ name: `worker ${n}`, words: ['worker'], cwd: folder, env }))
      const runs = { folder, side, redisUrl: redis.url, workers, graphs: built.graphs }
      const measured = await allRounds(runs, options)
      await clear(scoringConfig(folder).writing.prefix, side)
      return { graphs: built.graphs, ...measured, watched: await watchJob(folder, side) }
    })
    const parts = Math.ceil(graphs / scoringConfig(folder).writing.graphsPerPart)
    const [plain, one, two] = [scoring.plain, scoring.one, scoring.two].map(median)
    const [evaluationPlain, evaluationOne, evaluationTwo] = [evaluating.plain, evaluating.one, evaluating.two].map(
      median,
    )
    return {
      ...{ nodes, graphs, parts, rounds, folds, epochs },
      scoring: {
        ...{ plain_s: plain, one_worker_s: one, two_workers_s: two },
        parts_per_second: parts / (two ?? Number.NaN),
        engine_over_plain: ratio(one, plain),
        one_over_two: ratio(one, two),
      },
      evaluation: {
        ...{ two_processes_s: evaluationPlain, one_worker_s: evaluationOne, two_workers_s: evaluationTwo },
        one_over_two: ratio(evaluationOne, evaluationTwo),
      },
      watched,
      ...{ runs: { scoring, evaluating }, node: process.version },
    }
  } finally {
    await redis.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function ratio(a: number | undefined, b: number | undefined): number {
  return (a ?? Number.NaN) / (b ?? Number.NaN)
}

interface RunContext {
  readonly folder: string
  readonly side: SideOptions
  readonly redisUrl: string
  readonly workers: readonly Service[]
  readonly graphs: number
}

async function allRounds(context: RunContext, { rounds, warmup, data, folds, epochs, log }: JobsBenchOptions) {
  const { folder, side, redisUrl, workers, graphs } = context
  const { prefix } = scoringConfig(folder).writing
  const scoring: Runs = { plain: [], one: [], two: [] }
  const evaluating: Runs = { plain: [], one: [], two: [] }
  for (let round = 1 - warmup; round <= rounds; round++)
    for (const [name, count] of [
      ['plain', 0],
      ['one', 1],
      ['two', 2],
    ] as const) {
      const engine = count === 0 ? undefined : redisUrl
      const running = workers.slice(0, count)
      for (const worker of running) await started(worker)
      try {
        await clear(prefix, side)
        const { total_s } = await runOurs(folder, graphs, side, engine)
        log(`round ${round}, ${count} workers: scored in ${total_s.toFixed(2)} s`)
        if (round < 1) continue
        // A new seed: what was trained before would not be trained again.
        const seed = 1000 + 10 * round + count
        const { evaluate_s } = await runEvaluation({ data, folds, epochs, seed, redisUrl: engine }, side)
        log(`round ${round}, ${count} workers: evaluated in ${evaluate_s.toFixed(2)} s`)
        scoring[name].push(total_s)
        evaluating[name].push(evaluate_s)
      } finally {
        for (const worker of running) await worker.stop()
      }
    }
  return { scoring, evaluating }
}

async function started(worker: Service): Promise<void> {
  const before = worker.lines.length
  worker.start()
  while (!worker.lines.slice(before).some(({ msg }) => msg === 'worker started')) await delay(50)
}
