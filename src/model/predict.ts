/** Predicts for encoded graphs: outputs, embedding and masks from one forward pass, in bounded batches. */
import { setImmediate } from 'node:timers/promises'
import { throwIfInterrupted } from '../errors.ts'
import { type BatchLimits, batchesWithin } from '../graph/batches-within.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { FoldPlan } from '../graph/fold-plan.ts'
import { keyText } from '../graph/subgraph.ts'
import { flatFromWeights, type NetworkShape, type Weights } from './parameters.ts'
import type { GivenMasks } from './preassigned.ts'
import { type Prediction, predictionOf } from './prediction.ts'
import { type PreparedGraphs, prepareGraphs } from './prepared-graphs.ts'
import { createPrograms, type Programs } from './program/shard-programs.ts'
import { defaultCostLimit, shardGroups } from './shards.ts'
import type { TargetScaling } from './targets.ts'

export type { ClassOutcome, Prediction, ValueOutcome } from './prediction.ts'

/** A network and its weights. */
export interface ScoringNetwork {
  readonly shape: NetworkShape
  readonly weights: Weights
  /** `null` for classes. */
  readonly targetScaling: TargetScaling | null
}

export interface PredictOptions {
  readonly signal?: AbortSignal | undefined
  /** What an InterruptedError says was being done. Default: scoring */
  readonly phase?: string
  /** What one batch may hold; bounds memory. What is left out: {@link defaultLimits} */
  readonly limits?: Partial<BatchLimits> | undefined
  /** Masks to use instead of learned ones, graph by graph; `undefined` leaves all to the network. */
  readonly givenMasks?: ReadonlyMap<EncodedGraph, GivenMasks> | undefined
}

/** About 0.3 GB of tensors at 64 hidden units and 3 layers. */
export const defaultLimits: Required<BatchLimits> = { graphs: 256, nodes: 20_000, edges: 200_000 }

/** Shards of a batch: independent parts, for as many cores. */
const shardCount = 2

/** A network ready to predict, many times. */
export interface Predictor {
  /**
   * Predictions in the order of `graphs`.
   *
   * @throws RangeError if features or given masks do not fit the network; NotFiniteError naming the first graph that has no finite results;
   * InterruptedError once the signal is aborted
   */
  predict(graphs: Iterable<EncodedGraph>, options?: PredictOptions): Promise<Prediction[]>
  dispose(): void
}

/**
 * Needs a backend (see `loadBackend`).
 *
 * @throws RangeError if the weights do not fit the network
 */
export function createPredictor({ shape, weights, targetScaling }: ScoringNetwork): Predictor {
  const parameters = flatFromWeights(shape, weights)
  const programs = createPrograms(shape)
  let plan: FoldPlan | undefined

  const predictBatch = (graphs: readonly EncodedGraph[], givenMasks: PredictOptions['givenMasks']): Prediction[] => {
    const prepared = prepareGraphs(graphs, shape, { givenMasks, plan, use: 'once' })
    if (!givenMasks) plan = prepared.plan
    const all = Int32Array.from(graphs, (_, g) => g)
    return shardGroups(prepared.folded, all, shardOptions(shape)).flatMap((shards) => {
      const made = shards.map((shard) => prepared.shard(shard, true))
      const outputs = programs.predict(
        parameters,
        made.map(({ arrays }) => arrays),
      )
      return outputs.flatMap((output, s) =>
        Array.from(shards[s] ?? [], (g, i) => {
          const [first = 0, end = 0] = made[s]?.batch.nodeStart.subarray(i, i + 2) ?? []
          const rows = (made[s]?.batch.maskRows ?? []).map((of) => of.subarray(first, end))
          return predictionOf(graphs[g]?.key ?? '', i, { shape, targetScaling, output, rows })
        }),
      )
    })
  }

  return {
    async predict(graphs, { signal, phase = 'scoring', limits, givenMasks } = {}) {
      const predictions: Prediction[] = []
      for (const batch of batchesWithin(graphs, { ...defaultLimits, ...limits })) {
        throwIfInterrupted(signal, phase)
        requireFeatures(batch, shape, 'score')
        for (const prediction of predictBatch(batch, givenMasks)) predictions.push(prediction)
        await setImmediate() // lets signal handlers run
      }
      return predictions
    },
    dispose: () => programs.dispose(),
  }
}

/** As {@link Predictor.predict}, once. */
export async function predictGraphs(
  network: ScoringNetwork,
  graphs: Iterable<EncodedGraph>,
  options: PredictOptions = {},
): Promise<Prediction[]> {
  const predictor = createPredictor(network)
  try {
    return await predictor.predict(graphs, options)
  } finally {
    predictor.dispose()
  }
}

/** A network and graphs that are prepared for it. */
export interface PreparedInput {
  readonly shape: NetworkShape
  readonly programs: Programs
  readonly prepared: PreparedGraphs
  readonly signal: AbortSignal | undefined
}

/**
 * Outputs [G, C] of the graphs at `indices`: logits, or standardised targets.
 *
 * @throws InterruptedError once the signal is aborted
 */
export async function outputsOf(
  { shape, programs, prepared, signal }: PreparedInput,
  parameters: Float32Array,
  indices: Int32Array,
): Promise<Float32Array> {
  const outputs = new Float32Array(indices.length * shape.outputCount)
  let at = 0
  for (let first = 0; first < indices.length; first += defaultLimits.graphs) {
    const some = indices.slice(first, first + defaultLimits.graphs)
    for (const shards of shardGroups(prepared.folded, some, shardOptions(shape))) {
      throwIfInterrupted(signal, 'training')
      const results = programs.predict(
        parameters,
        shards.map((shard) => prepared.shard(shard).arrays),
      )
      for (const { output } of results) {
        outputs.set(output, at)
        at += output.length
      }
      await setImmediate() // lets signal handlers run
    }
  }
  return outputs
}

const shardOptions = ({ hidden }: NetworkShape) => ({ hidden, shardCount, costLimit: defaultCostLimit })

/** @throws RangeError if the network was made for other features, relationship types or edge features */
export function requireFeatures(graphs: readonly EncodedGraph[], shape: NetworkShape, what: 'score' | 'train'): void {
  for (const { key, featureCount, edgeFeatureCount, typeCount } of graphs)
    for (const [name, expected, got] of [
      ['features', shape.featureCount, featureCount],
      ['edge features', shape.edgeFeatureCount, edgeFeatureCount],
      ['relationship types', shape.typeCount, typeCount],
    ] as const)
      if (expected !== got)
        throw new RangeError(`Cannot ${what}: expected ${expected} ${name} of graph ${keyText(key)}, got ${got}`)
}
