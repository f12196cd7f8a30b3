/** The peer's side: a training by pyg.py, which keeps its state in files and goes on from it. */
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
  readonly threads: number
  readonly signal: AbortSignal
  readonly onEpoch: () => void
}

const curveSchema = z.strictObject({ epochs: z.array(epochSchema), trainSeconds: z.number() })

/** @param folder keeps graphs and states */
export async function trainPeer(experiment: Experiment, folder: string, options: PeerOptions): Promise<TrainingCurve> {
  const { python, peers, program, threads, signal, onEpoch } = options
  const { config, task, target } = experiment
  const own = join(folder, target)
  const data = join(own, 'graphs')
  await writePeerData(experiment, data)
  const values = { peers, data, out: own, epochs: config.training.epochs, seed: task.randomSeed, threads }
  const flags = Object.entries(values).flatMap(([name, value]) => [`--${name}`, `${value}`])
  const child = spawn(python, [program, ...flags], { signal, stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: child.stdout }).on('line', onEpoch)
  const [code, killedBy] = await once(child, 'close')
  if (code !== 0) throw new Error(`Cannot train ${target} by ${program}: it ended with ${killedBy ?? code}`)
  return readCurve(own, config.training.epochs)
}

/** The first `count` epochs: a training may have gone on to more. */
async function readCurve(folder: string, count: number): Promise<TrainingCurve> {
  const curve = curveSchema.parse(JSON.parse(await readFile(join(folder, 'epochs.json'), 'utf8')))
  return { ...curve, epochs: curve.epochs.slice(0, count) }
}
