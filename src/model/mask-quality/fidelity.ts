/**
 * Fidelity of masks: how far a prediction moves when the nodes of highest mask are taken out (deletion), and when they alone are
 * kept (insertion), beside as many random nodes. These are Fidelity+ and Fidelity- of probabilities in "Explainability in Graph
 * Neural Networks: A Taxonomic Survey" (Yuan et al., 2022) and of the model's own prediction in "GraphFramEx" (Amara et al.,
 * 2022), for the part of the graph that the masks rank highest.
 */
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { createRandom } from '../../graph/random.ts'
import { keyText } from '../../graph/subgraph.ts'
import { masksWithout } from '../preassigned.ts'
import type { Prediction, Predictor } from '../predict.ts'
import { defaultLimits } from '../predict.ts'
import { layerMasks } from './layer-masks.ts'
import { highestNodes, randomNodes, selectedCount } from './selected-nodes.ts'

/** Means over graphs: falls in the probability of the predicted class, or of a regression changes in the target's units. */
export interface Fidelity {
  /** Without the nodes of highest mask in each layer; high where masks show what is necessary. [K] */
  readonly deletionFidelity: readonly number[]
  /** Without as many random nodes. */
  readonly randomDeletionFidelity: number
  /** With the nodes of highest mask in each layer alone; near 0 where masks show what is sufficient. [K] */
  readonly insertionFidelity: readonly number[]
  /** With as many random nodes alone. */
  readonly randomInsertionFidelity: number
}

export interface FidelityOptions {
  /** Number of layers, K. */
  readonly layers: number
  /** Share of the nodes of a graph that are taken out, or kept. */
  readonly share: number
  /** Of the draws of random nodes; those of a graph do not depend on the others. */
  readonly randomSeed: number
  readonly signal?: AbortSignal | undefined
}

/** Random selections per graph. */
const draws = 5

/**
 * @param predictions of `graphs`, as they are
 * @throws NotFiniteError naming a graph that has no finite results without some nodes; InterruptedError once the signal is aborted
 */
export async function measureFidelity(
  predictor: Predictor,
  graphs: readonly EncodedGraph[],
  predictions: readonly Prediction[],
  options: FidelityOptions,
): Promise<Fidelity> {
  const { layers, signal } = options
  const sums = new Float64Array(2 * (layers + 1)) // deletion by layer and at random, then insertion
  let waiting: AlteredGraph[] = []
  const measure = async () => {
    const altered = waiting
    waiting = []
    const outcomes = await predictor.predict(
      altered.map(({ graph }) => graph),
      {
        signal,
        phase: 'training',
        givenMasks: new Map(altered.map(({ graph, leftOut }) => [graph, masksWithout(leftOut, layers)])),
      },
    )
    altered.forEach(({ original, sum, weight }, i) => {
      const outcome = outcomes[i]?.outcome
      if (outcome) sums[sum] = (sums[sum] ?? 0) + weight * fallOf(original, outcome)
    })
  }
  for (const [g, graph] of graphs.entries()) {
    const prediction = predictions[g]
    if (prediction === undefined) throw new RangeError(`Cannot measure masks: got no prediction of graph ${g}`)
    waiting.push(...alterations(graph, prediction, options))
    // No more at a time than one batch can hold: the masks given take memory, too.
    if (waiting.length >= defaultLimits.graphs || waiting.length * graph.nodeCount >= defaultLimits.nodes)
      await measure()
  }
  if (waiting.length > 0) await measure()
  const means = Array.from(sums, (sum) => sum / graphs.length)
  return {
    deletionFidelity: means.slice(0, layers),
    randomDeletionFidelity: means[layers] ?? Number.NaN,
    insertionFidelity: means.slice(layers + 1, -1),
    randomInsertionFidelity: means.at(-1) ?? Number.NaN,
  }
}

interface AlteredGraph {
  readonly graph: EncodedGraph
  readonly original: Prediction['outcome']
  readonly leftOut: readonly boolean[]
  /** Which sum its fall goes into, and as which part of one graph. */
  readonly sum: number
  readonly weight: number
}

function alterations(
  graph: EncodedGraph,
  { outcome: original, masks }: Prediction,
  { layers, share, randomSeed }: FidelityOptions,
): AlteredGraph[] {
  const { nodeCount } = graph
  const count = selectedCount(nodeCount, share)
  const random = createRandom(randomSeed, `mask-quality ${keyText(graph.key)}`)
  const chosen = [
    ...Array.from({ length: layers }, (_, k) => ({
      nodes: highestNodes(layerMasks(masks, k, nodeCount), count),
      sum: k,
      weight: 1,
    })),
    ...Array.from({ length: draws }, () => ({
      nodes: randomNodes(nodeCount, count, random),
      sum: layers,
      weight: 1 / draws,
    })),
  ]
  // The mask of a graph is looked up by the graph itself, so each alteration is an object of its own.
  return chosen.flatMap(({ nodes, sum, weight }) => [
    { graph: { ...graph }, original, leftOut: nodes, sum, weight },
    { graph: { ...graph }, original, leftOut: nodes.map((node) => !node), sum: sum + layers + 1, weight },
  ])
}

/** Fall in the probability of the class that was predicted at first, or mean absolute change in the targets. */
function fallOf(original: Prediction['outcome'], altered: Prediction['outcome']): number {
  if ('classIndex' in original && 'classIndex' in altered)
    return original.probability - (altered.probabilities[original.classIndex] ?? Number.NaN)
  if ('values' in original && 'values' in altered) {
    const changes = original.values.map((value, c) => Math.abs(value - (altered.values[c] ?? Number.NaN)))
    return changes.reduce((sum, change) => sum + change, 0) / changes.length
  }
  throw new RangeError('Cannot compare predictions: expected two classes or two numbers, got one of each')
}
