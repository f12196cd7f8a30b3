/**
 * Whether cost grows linearly: seconds per edge of one training batch, and of scoring, at 10^4, 10^5 and 10^6 edges.
 *
 *     npm run bench:scaling
 *
 * The graphs have random features, so that no two nodes are alike and nothing is folded.
 */
import { loadBackend } from '../src/model/backend.ts'
import { networkShape } from '../src/model/model.ts'
import { weightsFromFlat } from '../src/model/parameters.ts'
import { createPredictor } from '../src/model/predict.ts'
import { createTrainingRun } from '../src/model/training-run.ts'
import { median } from './compute/statistics.ts'
import { randomGraph } from './random-graph.ts'

const edgesPerGraph = 1000
/** Untimed and timed rounds: many of the small batches, so that the JIT compiler has seen enough of them too. */
const roundsOf = (edges: number) => Math.max(7, Math.min(100, 3_000_000 / edges))

const { name: backend } = await loadBackend()
const shape = networkShape(
  {
    task: 'classification',
    variant: 'smg-jk',
    readout: 'sum',
    layers: 4,
    hidden: 64,
    inputProjection: true,
    edgeHidden: 128,
  },
  { featureCount: 8, outputCount: 2 },
)
const results: { readonly edges: number; readonly train: number; readonly score: number }[] = []
for (const edges of [10_000, 100_000, 1_000_000]) {
  const graphs = Array.from({ length: edges / edgesPerGraph }, (_, seed) =>
    randomGraph(seed, { nodeCount: edgesPerGraph / 4, neighbours: 2, featureCount: 8, continuous: 8 }),
  )
  const edgeCount = graphs.reduce((sum, { source }) => sum + source.length, 0)
  const run = createTrainingRun({
    ...{ shape, dropout: 0, train: graphs, validation: [] },
    options: { batchSize: graphs.length, randomSeed: 1, classWeights: false, concurrency: 2 },
  })
  const predictor = createPredictor({ shape, weights: weightsFromFlat(shape, run.parameters), targetScaling: null })
  const [train, score]: [number[], number[]] = [[], []]
  const rounds = roundsOf(edges)
  const warmup = Math.ceil(rounds / 4)
  for (let round = 0; round < warmup + rounds; round++) {
    const start = performance.now()
    await run.epoch({ epoch: round + 1, learningRate: 1e-3 })
    const trained = performance.now()
    await predictor.predict(graphs)
    const scored = performance.now()
    if (round < warmup) continue
    train.push(((trained - start) * 1e3) / edgeCount)
    score.push(((scored - trained) * 1e3) / edgeCount)
  }
  run.dispose()
  predictor.dispose()
  results.push({ edges: edgeCount, train: median(train), score: median(score) })
}
const spread = (key: 'train' | 'score') =>
  Math.max(...results.map((result) => result[key])) / Math.min(...results.map((result) => result[key]))
console.log(
  JSON.stringify({
    backend,
    microseconds_per_edge: results,
    largest_to_smallest: { train: spread('train'), score: spread('score') },
  }),
)
