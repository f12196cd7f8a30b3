import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createParityCheck,
  nodeEmbeddingError,
  nodeEmbeddingTolerance,
  tolerances,
} from '../../fixtures/parity/largest-errors.ts'
import { graphsOf, type ParityFixture } from '../../fixtures/parity/parity-file.ts'
import { foldGraphs } from '../../src/graph/fold.ts'
import { type FoldPlan, planFold, unfolded } from '../../src/graph/fold-plan.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { predictGraphs, type ScoringNetwork } from '../../src/model/predict.ts'
import { expectClose } from './support/expect-close.ts'
import { parityFixtures } from './support/fixtures.ts'
import { randomGraph, randomNetwork, withTypesAndWeights } from './support/graphs.ts'

/** Every round of colours as a stage of its own. */
const everyRound = ({ layers }: ParityFixture['config']): FoldPlan => ({
  rounds: 2 * layers,
  stageCount: 2 * layers + 1,
})
/** The colours of the last round alone. */
const lastRound = ({ layers }: ParityFixture['config']): FoldPlan => ({ rounds: 2 * layers, stageCount: 1 })

describe.each(['native', 'wasm', 'cpu'] as const)('the network on the backend %s', (backend) => {
  const parity = createParityCheck()
  beforeAll(async () => {
    await loadBackend({ backend })
  })
  afterAll(() => parity.dispose())

  it.each(parityFixtures())('equals the float64 oracle in %s, folded or not, cut into any shards', (_file, fixture) => {
    const { config } = fixture
    // Edges with features of their own are no two the same.
    const planOf = (plan: FoldPlan) => (config.edge_dim === null ? plan : unfolded)
    const ways = [
      { plan: planOf(everyRound(config)), shardCount: 1 },
      { plan: unfolded, shardCount: 2 },
      { plan: planOf(lastRound(config)), shardCount: 5 },
    ]
    for (const way of ways) {
      const errors = parity.largestErrors(fixture, way)
      for (const part of ['masks', 'graphEmbedding', 'outputs', 'loss', 'gradients'] as const)
        expect(errors[part], `${part}, ${JSON.stringify(way)}`).toBeLessThanOrEqual(tolerances[part])
    }
    expect(nodeEmbeddingError(fixture)).toBeLessThanOrEqual(nodeEmbeddingTolerance)
  })

  it('with equal channels is the network with one mask per node', async () => {
    for (const [scalar, multi] of [
      ['smg', 'm-smg'],
      ['smg-jk', 'm-smg-jk'],
    ] as const) {
      const network = randomNetwork(1, { variant: scalar, typeCount: 2 })
      const graphs = [3, 5, 1].map((size) => withTypesAndWeights(randomGraph(size, size), 2))
      const expected = await predictGraphs(network, graphs)
      const got = await predictGraphs(withEqualChannels(network, multi), graphs)
      expected.forEach(({ embedding, masks }, g) => {
        const flat = (data: ArrayLike<number> = []) => ({ shape: [data.length], data })
        expectClose(flat(got[g]?.embedding), flat(embedding), 1e-6)
        expectClose(flat(got[g]?.masks), flat(masks), 1e-6)
      })
    }
  })
})

it('the fixtures of our own have something to fold', () => {
  for (const [file, fixture] of parityFixtures()) {
    const graphs = graphsOf(fixture)
    const plan = planFold(graphs, fixture.config.layers)
    const rowCount = foldGraphs(graphs, plan).stages.at(-1)?.rowStart.at(-1) ?? 0
    const nodeCount = graphs.reduce((sum, graph) => sum + graph.nodeCount, 0)
    const isOwn = graphs.length === 6 && fixture.config.edge_dim === null
    if (isOwn) expect(rowCount, file).toBeLessThan(nodeCount)
    else expect(rowCount, file).toBe(nodeCount)
  }
})

/** The network with a mask per channel, all of them the mask of the node: each row of mlp2 is that of the scalar mask. */
function withEqualChannels({ shape, weights }: ScoringNetwork, variant: 'm-smg' | 'm-smg-jk'): ScoringNetwork {
  const { hidden } = shape
  const copied = Object.entries(weights).map(([name, { shape: sides, data }]) => {
    if (!name.includes('.mlp2.')) return [name, { shape: sides, data }] as const
    const rows = Float32Array.from({ length: hidden * data.length }, (_, i) => data[i % data.length] ?? Number.NaN)
    return [name, { shape: [hidden, ...sides.slice(1)], data: rows }] as const
  })
  return { shape: { ...shape, variant }, weights: Object.fromEntries(copied), targetScaling: null }
}
