/** Why a training run cannot go on: the sentence that its error says. */
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { keyText } from '../graph/subgraph.ts'

/** Above this, features that are not standardised are the likely reason for a loss that overflows. */
const largeFeature = 1e4

export interface Divergence {
  readonly epoch: number
  readonly learningRate: number
  readonly loss: number
  readonly parameters: Float32Array
  /** Of the batch in which it happened. */
  readonly graphs: readonly EncodedGraph[]
}

/** What happened, where, and the likely reason with what helps against it. */
export function divergenceCause({ epoch, learningRate, loss, parameters, graphs }: Divergence): string {
  const what = Number.isFinite(loss) ? 'the gradient is not finite' : `the loss became ${loss}`
  const keys = graphs.slice(0, 5).map(({ key }) => keyText(key))
  const where = `${what} in epoch ${epoch}, at the graphs ${keys.join(', ')}${graphs.length > keys.length ? ', ...' : ''}`
  const inputs = [
    ['a feature', graphs.map(({ x }) => x), 'standardize the feature properties'],
    ['an edge weight', graphs.map(({ edgeWeight }) => edgeWeight), 'scale the edge weights'],
    ['an edge feature', graphs.map(({ edgeFeatures }) => edgeFeatures), 'standardize the edge features'],
  ] as const
  for (const [name, arrays, remedy] of inputs) {
    const largest = arrays.reduce((max, array) => Math.max(max, largestIn(array)), 0)
    if (!Number.isFinite(largest)) return `${where}, because ${name} is not finite`
    if (largest > largeFeature) return `${where}, because ${name} is as large as ${largest.toPrecision(3)}; ${remedy}`
  }
  const weight = largestIn(parameters)
  return `${where}, because weights have grown to ${weight.toPrecision(3)} at learningRate ${learningRate}; lower learningRate`
}

/** Largest amount, NaN where there is one. */
function largestIn(values: Float32Array | null): number {
  return values?.reduce((max, value) => Math.max(max, Math.abs(value)), 0) ?? 0
}
