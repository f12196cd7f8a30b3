/** Trains a model on one data set for each seed, and measures its masks on the graphs held out. */

import { trainingSchema } from '../../src/config/schema.ts'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { keyText } from '../../src/graph/subgraph.ts'
import { createModel } from '../../src/index.ts'
import { maskStability } from '../../src/model/mask-quality/mask-measures.ts'
import { type MaskQuality, measureMaskQuality } from '../../src/model/mask-quality/mask-quality.ts'
import { scoringNetwork } from '../../src/model/model.ts'
import { createPredictor, predictGraphs } from '../../src/model/predict.ts'
import { reportedMetrics } from '../../src/model/reported-metrics.ts'
import { readTrainingGraphs } from '../../src/pipeline/graph-training-data.ts'
import { trainedModel } from '../../src/pipeline/trained-model.ts'
import { median } from '../compute/statistics.ts'
import { type MaskData, truthOf } from './mask-data.ts'

export interface SeedResult extends MaskQuality {
  readonly seed: number
  readonly metrics: ReturnType<typeof reportedMetrics>
  readonly bestEpoch: number
  readonly trainMillis: number
  /** Measuring the masks, all of it. */
  readonly qualityMillis: number
  /** Of a forward pass that gives prediction and masks: the median of five over all held-out graphs. */
  readonly maskMillisPerGraph: number
  /** Deletion fidelity over that of random nodes, by layer. [K] */
  readonly fidelityRatio: readonly number[]
}

export interface MaskResult {
  readonly dataset: string
  readonly seeds: readonly SeedResult[]
  /** Of the masks of all graphs, mean over all pairs of seeds, which differ in split and weights. [K] */
  readonly stability: readonly number[] | null
}

export async function measureData(
  data: MaskData,
  seeds: readonly number[],
  log: (result: SeedResult) => void,
): Promise<MaskResult> {
  const results: SeedResult[] = []
  const masksOfSeeds: Float32Array[][] = []
  const layers = data.model.layers ?? 3
  for (const seed of seeds) {
    const { result, masks } = await measureSeed(data, seed)
    log(result)
    results.push(result)
    masksOfSeeds.push(masks)
  }
  return { dataset: data.name, seeds: results, stability: maskStability(masksOfSeeds, layers) }
}

async function measureSeed(
  { model: options, training: settings, graphs }: MaskData,
  seed: number,
): Promise<{ readonly result: SeedResult; readonly masks: Float32Array[] }> {
  const model = createModel(options)
  const training = trainingSchema.parse({ ...settings, randomSeed: seed })
  const data = await readTrainingGraphs(model, graphs, { training, maskOptions: {}, signal: undefined })
  const start = performance.now()
  const learned = await trainedModel(data, { ...model, training, signal: undefined, onEpoch: undefined })
  const trained = performance.now()
  const network = scoringNetwork({ ...learned, version: '1', createdAt: '' })
  const byKey = new Map(graphs.map((graph) => [graph.key, graph]))
  const truth = data.test.map(({ key, nodeKeys }) => {
    const graph = byKey.get(keyText(key))
    return graph === undefined ? [] : truthOf(graph, nodeKeys.map(keyText))
  })
  const quality = await measureMaskQuality(network, data.test, {
    ...{ share: 0.2, randomSeed: seed },
    truth: { property: 'cause', nodes: truth },
  })
  const measured = performance.now()
  const all = [...data.train, ...data.validation, ...data.test].toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return {
    result: {
      seed,
      metrics: reportedMetrics(learned.metrics),
      bestEpoch: learned.bestEpoch,
      trainMillis: trained - start,
      qualityMillis: measured - trained,
      maskMillisPerGraph: await maskMillisPerGraph(network, data.test),
      ...quality,
      fidelityRatio: quality.deletionFidelity.map((fall) => fall / quality.randomDeletionFidelity),
    },
    masks: (await predictGraphs(network, all)).map(({ masks }) => masks),
  }
}

/** After a pass that compiles. */
async function maskMillisPerGraph(
  network: ReturnType<typeof scoringNetwork>,
  graphs: readonly EncodedGraph[],
): Promise<number> {
  const predictor = createPredictor(network)
  const times: number[] = []
  for (let pass = 0; pass <= 5; pass++) {
    const start = performance.now()
    await predictor.predict(graphs)
    if (pass > 0) times.push((performance.now() - start) / graphs.length)
  }
  predictor.dispose()
  return median(times)
}
