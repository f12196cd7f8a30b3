/** One run of either side, each in a process of its own: its result, and how long the process lived. */
import { extname, join } from 'node:path'
import { z } from 'zod'
import { type Connection, environmentOf } from './connection.ts'
import type { EvaluationTask } from './evaluate-once.ts'
import { runProgram } from './processes.ts'
import type { TaskRequest } from './task.ts'

const seconds = z.number()

const oursSchema = z.looseObject({
  graphs: z.number(),
  nodes: z.number(),
  properties: z.number(),
  total_s: seconds,
  sync_s: seconds,
  read_s: seconds,
  compute_s: seconds,
  write_s: seconds,
  peak_rss_mb: z.number(),
})
export type OurRun = z.output<typeof oursSchema> & { readonly process_s: number }

const estimateSchema = z.looseObject({
  graphCount: z.number(),
  nodeCount: z.number(),
  nodePropertiesWritten: z.number(),
  bytesMin: z.number(),
  bytesMax: z.number(),
  minMillis: z.number(),
  maxMillis: z.number(),
  readMillis: z.number(),
  computeMillis: z.number(),
  writeMillis: z.number(),
  serverMillis: z.number(),
  estimate_s: seconds,
})
export type EstimateRun = z.output<typeof estimateSchema>

const pythonSchema = z.looseObject({
  graphs: z.number(),
  nodes: z.number(),
  total_s: seconds,
  read_s: seconds,
  build_s: seconds,
  score_s: seconds,
  write_s: seconds,
  peak_rss_mb: z.number(),
  versions: z.looseObject({ neo4j: z.string(), neo4j_rust_ext: z.string().nullable() }),
})
export type PythonRun = z.output<typeof pythonSchema> & { readonly process_s: number }

const buildSchema = z.object({ graphs: z.number(), nodes: z.number(), build_s: seconds, isReused: z.boolean() })
const floorSchema = z.object({
  ours_read_s: seconds,
  floor_read_s: seconds,
  ours_write_s: seconds,
  floor_write_s: seconds,
  statements: z.object({ read: z.number(), write: z.number() }),
})
export type Floor = z.output<typeof floorSchema>

export interface SideOptions {
  readonly connection: Connection
  readonly signal: AbortSignal
}

export interface PythonOptions extends SideOptions {
  readonly python: string
  readonly threads: number
}

/** `npm run` starts in the root of the repository. */
const peerScript = join('..', 'shared', 'peers', 'bench_pipeline.py')

async function runTask<T>(request: TaskRequest, { connection, signal }: SideOptions, schema: z.ZodType<T>) {
  // Compiled or not, the other file is of the same kind; tsx is among the arguments of Node.
  const script = join(import.meta.dirname, `task${extname(import.meta.filename)}`)
  const args = [...process.execArgv, script, JSON.stringify(request)]
  return runProgram({ command: process.execPath, args, environment: environmentOf(connection), signal }, schema)
}

export async function build(nodes: number, isOwn: boolean, options: SideOptions) {
  return (await runTask({ task: 'build', nodes, isOwn }, options, buildSchema)).result
}

export async function makeModel(modelDirectory: string, options: SideOptions): Promise<void> {
  await runTask({ task: 'model', modelDirectory }, options, z.null())
}

export async function clear(prefix: string, options: SideOptions): Promise<void> {
  await runTask({ task: 'clear', prefix }, options, z.null())
}

/** Changes one graph of each `every`; gives how many. */
export async function change(every: number, options: SideOptions): Promise<number> {
  return (await runTask({ task: 'change', every }, options, z.number())).result
}

/**
 * @param expected how many graphs have to be scored
 * @param redisUrl of the workers that do it. Default: the process itself
 */
export async function runOurs(
  modelDirectory: string,
  expected: number,
  options: SideOptions,
  redisUrl?: string,
): Promise<OurRun> {
  const request = { task: 'score', modelDirectory, expected, redisUrl } as const
  const { result, process_s } = await runTask(request, options, oursSchema)
  return { ...result, process_s }
}

export async function runEvaluation(request: EvaluationTask, options: SideOptions) {
  return (await runTask({ task: 'evaluate', ...request }, options, z.object({ evaluate_s: seconds }))).result
}

export async function runEstimate(modelDirectory: string, options: SideOptions): Promise<EstimateRun> {
  return (await runTask({ task: 'estimate', modelDirectory }, options, estimateSchema)).result
}

/** Masks go into one property for each layer, as ours do. */
export async function runPython({ python, threads, connection, signal }: PythonOptions): Promise<PythonRun> {
  const args = [peerScript, 'run', '--masks', 'properties', '--threads', `${threads}`]
  const environment = { ...environmentOf(connection), PYTHONWARNINGS: 'ignore' }
  const { result, process_s } = await runProgram({ command: python, args, environment, signal }, pythonSchema)
  return { ...result, process_s }
}

export async function runFloor(
  request: { readonly modelDirectory: string; readonly nodes: number; readonly rounds: number },
  options: SideOptions,
): Promise<Floor> {
  return (await runTask({ task: 'floor', ...request }, options, floorSchema)).result
}
