/** Times training and scoring epochs of our side; the keys are those of the Python peer's `bench_compute.py`. */
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import * as tf from '@tensorflow/tfjs-core'
import { loadBackend } from '../../src/model/backend.ts'
import { networkShape } from '../../src/model/model.ts'
import { parameterCount, weightsFromFlat } from '../../src/model/parameters.ts'
import { createPredictor, defaultLimits, type Prediction } from '../../src/model/predict.ts'
import { createTrainingRun } from '../../src/model/training-run.ts'
import type { ComputeOptions } from './options.ts'
import { median } from './statistics.ts'
import { readTuGraphs } from './tu-graphs.ts'

/** What an epoch is: all graphs once, batching from single graphs included; a scoring epoch also folds them and gives masks. */
export async function measure(options: ComputeOptions) {
  const { epochs, warmup, batch, hidden, layers, variant, threads, seed, lr, dropout } = options
  const scoreBatch = options.scoreBatch ?? defaultLimits.graphs
  const { name: backend } = await loadBackend({ backend: options.backend })
  const importedMb = peakRssMb()
  const { graphs, classCount } = await readTuGraphs(options)
  const shape = networkShape(
    {
      ...{ task: 'classification', readout: 'sum', edgeHidden: 128, variant, layers, hidden },
      inputProjection: options.inputProjection,
    },
    { featureCount: graphs[0]?.featureCount ?? 0, outputCount: classCount },
  )
  const foldStart = performance.now()
  const run = createTrainingRun({
    ...{ shape, dropout, train: graphs, validation: [] },
    options: { batchSize: batch, randomSeed: seed, classWeights: false, concurrency: threads },
  })
  const foldSeconds = (performance.now() - foldStart) / 1000
  const [trainSeconds, evalSeconds, losses]: [number[], number[], number[]] = [[], [], []]
  for (let epoch = 1; epoch <= warmup + epochs; epoch++) {
    const start = performance.now()
    losses.push(await run.epoch({ epoch, learningRate: lr }))
    trainSeconds.push((performance.now() - start) / 1000)
  }
  // One predictor for all epochs, as one serves all pages of a sync.
  const predictor = createPredictor({ shape, weights: weightsFromFlat(shape, run.parameters), targetScaling: null })
  let accuracy = 0
  for (let epoch = 1; epoch <= warmup + epochs; epoch++) {
    const start = performance.now()
    const predictions = await predictor.predict(graphs, { limits: { graphs: scoreBatch } })
    evalSeconds.push((performance.now() - start) / 1000)
    accuracy = predictions.filter((prediction, g) => classOf(prediction) === graphs[g]?.y).length / graphs.length
  }
  predictor.dispose()
  trainSeconds.splice(0, warmup)
  evalSeconds.splice(0, warmup)
  run.dispose()
  return {
    dataset: options.dataset,
    impl: 'smg',
    ...{ variant, layers, hidden, batch, score_batch: scoreBatch, epochs, threads, malloc: options.malloc, backend },
    input_projection: options.inputProjection,
    graphs: graphs.length,
    nodes: graphs.reduce((sum, { nodeCount }) => sum + nodeCount, 0),
    edges: graphs.reduce((sum, { source }) => sum + source.length, 0),
    features: shape.featureCount,
    classes: classCount,
    params: parameterCount(shape),
    fold_s: rounded(foldSeconds),
    train_epoch_s: rounded(median(trainSeconds)),
    train_epoch_min_s: rounded(Math.min(...trainSeconds)),
    eval_epoch_s: rounded(median(evalSeconds)),
    eval_epoch_min_s: rounded(Math.min(...evalSeconds)),
    train_graphs_per_s: rounded(graphs.length / median(trainSeconds)),
    eval_graphs_per_s: rounded(graphs.length / median(evalSeconds)),
    peak_rss_mb: rounded(peakRssMb()),
    import_rss_mb: rounded(importedMb),
    loss_first: rounded(losses[0] ?? Number.NaN),
    loss_last: rounded(losses.at(-1) ?? Number.NaN),
    train_accuracy: rounded(accuracy),
    load_average: rounded(loadavg()[0] ?? 0),
    versions: versions(),
  }
}

function classOf({ outcome }: Prediction): number {
  return 'classIndex' in outcome ? outcome.classIndex : -1
}

/** Of the whole process, in MB of 2^20 bytes. */
function peakRssMb(): number {
  return process.resourceUsage().maxRSS / 1024
}

function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5
}

function versions() {
  const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'))
  return { node: process.version, 'soft-mask-neo4j': version, tfjs: tf.version_core }
}
