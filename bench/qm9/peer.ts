/** The peer's side: one training for each target, by pyg.py, which keeps its state in files and goes on from it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Experiment } from './experiment.ts'
import { writePeerData } from './peer-data.ts'
import { epochSchema, type TrainingCurve } from './training-curve.ts'

export interface PeerOptions {
  /** A Python with PyTorch Geometric. */
  readonly python: string
  /** Folder of smg_pyg.py. */
  readonly peers: string
  /** pyg.py. */
  readonly program: string
  /** Trainings at a time. */
  readonly processes: number
  /** Of each. */
  readonly threads: number
  readonly signal: AbortSignal
  readonly onEpoch: () => void
}

const curveSchema = z.strictObject({ epochs: z.array(epochSchema), trainSeconds: z.number() })

/** In the order of the experiments. @param folder keeps graphs and states */
export async function trainPeer(
  experiments: readonly Experiment[],
  folder: string,
  options: PeerOptions,
): Promise<TrainingCurve[]> {
  const waiting = [...experiments]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await train(next, join(folder, next.target), options)
  }
  await Promise.all(Array.from({ length: options.processes }, work))
  return Promise.all(experiments.map(({ target, config }) => readCurve(join(folder, target), config.training.epochs)))
}

async function train(experiment: Experiment, folder: string, options: PeerOptions): Promise<void> {
  const { python, peers, program, threads, signal, onEpoch } = options
  const { config, task, target } = experiment
  const data = join(folder, 'graphs')
  await writePeerData(experiment, data)
  const values = { peers, data, out: folder, epochs: config.training.epochs, seed: task.randomSeed, threads }
  const flags = Object.entries(values).flatMap(([name, value]) => [`--${name}`, `${value}`])
  const child = spawn(python, [program, ...flags], { signal, stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: child.stdout }).on('line', onEpoch)
  const [code, killedBy] = await once(child, 'close')
  if (code !== 0) throw new Error(`Cannot train ${target} by ${program}: it ended with ${killedBy ?? code}`)
}

/** The first `count` epochs: a training may have gone on to more. */
async function readCurve(folder: string, count: number): Promise<TrainingCurve> {
  const curve = curveSchema.parse(JSON.parse(await readFile(join(folder, 'epochs.json'), 'utf8')))
  return { ...curve, epochs: curve.epochs.slice(0, count) }
}
