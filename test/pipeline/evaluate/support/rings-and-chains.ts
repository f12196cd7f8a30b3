/** Graphs that are rings or chains of 4 to 7 nodes, as they are read from a database. */
import type { SubgraphTable } from '../../../../src/graph/rows.ts'
import type { LabelledGraphs } from '../../../../src/pipeline/evaluate/dataset-graphs.ts'
import { smallConfig } from '../../../integration/support/small-projection.ts'

export function ringsAndChains(count: number, changes: Readonly<Record<string, unknown>> = {}): LabelledGraphs {
  const config = smallConfig('models', {
    featureProperties: [],
    model: { layers: 2, hidden: 8, dropout: 0.2 },
    training: { epochs: 6, batchSize: 8, learningRate: 0.01, concurrency: 1 },
    ...changes,
  })
  return { config, graphs: Array.from({ length: count }, (_, i) => ringOrChain(i)) }
}

function ringOrChain(number: number): SubgraphTable {
  const size = 4 + (Math.floor(number / 2) % 4)
  const isRing = number % 2 === 0
  const edges = isRing ? size : size - 1
  return {
    key: `m${number}`,
    target: isRing ? 'ring' : 'chain',
    members: Array.from({ length: size }, (_, v) => `m${number}-${v}`),
    memberColumns: [],
    sources: Int32Array.from({ length: edges }, (_, e) => e),
    targets: Int32Array.from({ length: edges }, (_, e) => (e + 1) % size),
    relationshipColumns: [],
  }
}
