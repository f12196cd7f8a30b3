/** How good the masks of a network are as explanations, measured on graphs that it has not learned from. */
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { createPredictor, predictGraphs, type ScoringNetwork } from '../predict.ts'
import { type Fidelity, measureFidelity } from './fidelity.ts'
import { maskRocAuc, maskSparsity, maskStability } from './mask-measures.ts'

/** Means over graphs. Of a mask per channel the mean over channels counts. */
export interface MaskQuality extends Fidelity {
  /** Number of graphs that were measured. */
  readonly graphCount: number
  /** Share of the nodes of a graph that were taken out, or kept alone. */
  readonly share: number
  /** Share of nodes with a mask below one half. [K] */
  readonly sparsity: readonly number[]
  /** Of the mask against the truth; `null` where it is not known, or no graph holds both kinds of nodes. [K] */
  readonly rocAuc: readonly number[] | null
  /** What the truth is called; `null` where it is not known. */
  readonly truthProperty: string | null
  /** Rank correlation with the masks of models trained with other seeds; `null` without any, or where the masks of a layer are all the same. [K] */
  readonly stability: readonly number[] | null
}

/** Which nodes are part of the cause. */
export interface MaskTruth {
  readonly property: string
  /** [N] of each graph */
  readonly nodes: readonly (readonly boolean[])[]
}

export interface MeasureOptions {
  readonly share: number
  /** Of random nodes. */
  readonly randomSeed: number
  readonly truth?: MaskTruth | undefined
  /** Networks like this one, trained with other seeds. Default: none */
  readonly others?: readonly ScoringNetwork[] | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Needs a backend (see `loadBackend`).
 *
 * @throws RangeError if there are no graphs, or they do not fit the network; NotFiniteError naming a graph that has no finite results;
 * InterruptedError once the signal is aborted
 */
export async function measureMaskQuality(
  network: ScoringNetwork,
  graphs: readonly EncodedGraph[],
  { share, randomSeed, truth, others = [], signal }: MeasureOptions,
): Promise<MaskQuality> {
  if (graphs.length === 0) throw new RangeError('Cannot measure masks: expected graphs, got none')
  const { layers } = network.shape
  const predictor = createPredictor(network)
  try {
    const predictions = await predictor.predict(graphs, { signal, phase: 'training' })
    const masks = predictions.map((prediction) => prediction.masks)
    const masksOfOthers: Float32Array[][] = []
    for (const other of others) masksOfOthers.push(await masksOf(other, graphs, signal))
    return {
      graphCount: graphs.length,
      share,
      ...(await measureFidelity(predictor, graphs, predictions, { layers, share, randomSeed, signal })),
      sparsity: maskSparsity(masks, layers),
      rocAuc: truth === undefined ? null : maskRocAuc(masks, truth.nodes, layers),
      truthProperty: truth?.property ?? null,
      stability: others.length === 0 ? null : maskStability([masks, ...masksOfOthers], layers),
    }
  } finally {
    predictor.dispose()
  }
}

async function masksOf(
  network: ScoringNetwork,
  graphs: readonly EncodedGraph[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const predictions = await predictGraphs(network, graphs, { signal, phase: 'training' })
  return predictions.map(({ masks }) => masks)
}
