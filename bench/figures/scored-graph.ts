/** A graph of the test part with what the model said of it. */
import { className } from '../../src/graph/classes.ts'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { keyText } from '../../src/graph/subgraph.ts'
import { scoringNetwork, type TrainedModel } from '../../src/model/model.ts'
import { predictGraphs } from '../../src/model/predict.ts'
import type { ViewedGraph } from '../../src/viewer/viewed-graph.ts'
import type { FigureModel } from './figure-model.ts'

export interface ScoredGraph {
  readonly encoded: EncodedGraph
  /** By layer and node. [K][N] */
  readonly masks: readonly Float32Array[]
  readonly prediction: string
  readonly probabilities: readonly number[]
  readonly isRight: boolean
  /** Neighbours of each node. [N] */
  readonly degrees: readonly number[]
}

export async function scoredGraphs({ model, fold }: FigureModel): Promise<ScoredGraph[]> {
  const predictions = await predictGraphs(scoringNetwork(model), fold.test)
  return predictions.map(({ outcome, masks }, g) => {
    const encoded = fold.test[g]
    if (encoded === undefined || !('probabilities' in outcome)) throw new Error('Cannot score: expected classes')
    const { nodeCount, y } = encoded
    return {
      encoded,
      masks: Array.from({ length: model.options.layers }, (_, k) => masks.subarray(k * nodeCount, (k + 1) * nodeCount)),
      prediction: className(model.classes[outcome.classIndex] ?? ''),
      probabilities: outcome.probabilities,
      isRight: outcome.classIndex === y,
      degrees: degreesOf(encoded),
    }
  })
}

function degreesOf({ nodeCount, target }: EncodedGraph): number[] {
  const degrees = new Array<number>(nodeCount).fill(0)
  for (const v of target) degrees[v] = (degrees[v] ?? 0) + 1
  return degrees
}

/** As a projection of it in a database would be shown. */
export function viewedGraph(
  { encoded, masks, prediction, probabilities }: ScoredGraph,
  { name, version, classes, targetProperty }: TrainedModel,
  { dataset, labelOf }: { readonly dataset: string; readonly labelOf: ((row: number) => string) | undefined },
): ViewedGraph {
  const { nodeCount, nodeKeys, source, target, y } = encoded
  const last = masks.at(-1)
  const order = Array.from({ length: nodeCount }, (_, v) => v).sort(
    (a, b) => (last?.[b] ?? 0) - (last?.[a] ?? 0) || a - b,
  )
  const places = new Map(order.map((v, place) => [v, place]))
  const edges = Array.from(source, (from, e) => [from, target[e] ?? 0] as const).filter(([a, b]) => a < b)
  return {
    projection: dataset,
    key: keyText(encoded.key),
    prediction,
    probabilities: probabilities.map((probability, c) => ({ name: className(classes[c] ?? ''), probability })),
    model: `${name}:${version}`,
    runId: null,
    scoredAt: null,
    targetProperty,
    target: y === null ? null : className(classes[y] ?? ''),
    truthProperty: null,
    nodeKey: 'nodeId',
    cypher: '',
    nodeCount,
    edgeCount: edges.length,
    hops: null,
    nodes: order.map((v) => ({
      key: keyText(nodeKeys[v] ?? ''),
      labels: [],
      masks: masks.map((ofLayer) => ofLayer[v] ?? Number.NaN),
      properties: labelOf === undefined ? {} : { label: labelOf(v) },
      truth: null,
    })),
    edges: edges.map(([a, b]) => ({ source: places.get(a) ?? 0, target: places.get(b) ?? 0, type: null })),
  }
}
