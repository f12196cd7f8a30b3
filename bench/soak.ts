/**
 * Trains and scores without pause, and fails if memory grows: for long runs under each backend.
 *
 *     npm run bench:soak -- [--minutes 60] [--backend native]
 *
 * Prints one JSON line a minute: epochs so far, loss, MB of memory, tensors.
 */
import * as tf from '@tensorflow/tfjs-core'
import { Command, InvalidArgumentError, Option } from 'commander'
import { loadBackend } from '../src/model/backend.ts'
import { networkShape } from '../src/model/model.ts'
import { weightsFromFlat } from '../src/model/parameters.ts'
import { predictGraphs } from '../src/model/predict.ts'
import { createTrainingRun } from '../src/model/training-run.ts'
import { randomGraph } from './random-graph.ts'

interface SoakOptions {
  readonly minutes: number
  readonly backend: 'native' | 'wasm' | 'cpu'
}

/** Memory may grow by so much between the first and the last quarter. */
const tolerance = 1.1

const minutesOf = (text: string): number => {
  const value = Number(text)
  if (!(value >= 2)) throw new InvalidArgumentError(`expected 2 or more, got ${text}`)
  return value
}

await new Command('bench:soak')
  .addOption(new Option('--minutes <n>', 'how long').default(60).argParser(minutesOf))
  .addOption(new Option('--backend <name>').choices(['native', 'wasm', 'cpu']).default('native'))
  .action(soak)
  .parseAsync()

async function soak({ minutes, backend }: SoakOptions): Promise<void> {
  await loadBackend({ backend })
  const graphs = Array.from({ length: 200 }, (_, seed) =>
    randomGraph(seed, { nodeCount: 10 + ((seed * 7) % 40), neighbours: 2, featureCount: 4, continuous: seed % 2 }),
  )
  const shape = networkShape(
    {
      task: 'classification',
      variant: 'm-smg-jk',
      readout: 'sum',
      layers: 3,
      hidden: 32,
      inputProjection: true,
      edgeHidden: 128,
    },
    { featureCount: 4, outputCount: 2 },
  )
  const samples: { readonly megabytes: number; readonly tensors: number }[] = []
  const start = performance.now()
  let epochs = 0
  // A new run every so often: a daemon trains, scores and forgets again and again.
  while (minutesSince(start) < minutes) {
    const run = createTrainingRun({
      ...{ shape, dropout: 0.5, train: graphs, validation: graphs.slice(0, 20) },
      options: { batchSize: 32, randomSeed: epochs, classWeights: true, concurrency: 2 },
    })
    let loss = Number.NaN
    for (let epoch = 1; epoch <= 50 && minutesSince(start) < minutes; epoch++, epochs++) {
      loss = await run.epoch({ epoch, learningRate: 1e-3 })
      await run.validate({ epoch, learningRate: 1e-3 })
      if (minutesSince(start) < samples.length) continue
      samples.push({ megabytes: process.memoryUsage().rss / 2 ** 20, tensors: tf.memory().numTensors })
      console.log(JSON.stringify({ minute: samples.length - 1, epochs, loss, ...samples.at(-1) }))
    }
    await predictGraphs({ shape, weights: weightsFromFlat(shape, run.parameters), targetScaling: null }, graphs)
    run.dispose()
  }
  const settled = samples.slice(1) // the first is from the start
  const quarter = Math.max(1, Math.floor(settled.length / 4))
  const [early, late] = [largest(settled.slice(0, quarter)), largest(settled.slice(-quarter))]
  console.log(JSON.stringify({ minutes, backend, epochs, early, late }))
  if (late.megabytes > early.megabytes * tolerance || late.tensors > early.tensors) {
    console.error(`Memory grew from ${JSON.stringify(early)} to ${JSON.stringify(late)}`)
    process.exitCode = 1
  }
}

function largest(samples: readonly { readonly megabytes: number; readonly tensors: number }[]) {
  return {
    megabytes: Math.max(...samples.map(({ megabytes }) => megabytes)),
    tensors: Math.max(...samples.map(({ tensors }) => tensors)),
  }
}

function minutesSince(start: number): number {
  return (performance.now() - start) / 60_000
}
