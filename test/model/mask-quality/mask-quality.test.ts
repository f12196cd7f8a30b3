import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../../src/model/backend.ts'
import { type MaskQuality, measureMaskQuality } from '../../../src/model/mask-quality/mask-quality.ts'
import { type NetworkShape, weightLayout } from '../../../src/model/parameters.ts'
import { masksWithout } from '../../../src/model/preassigned.ts'
import { predictGraphs, type ScoringNetwork } from '../../../src/model/predict.ts'
import { graphOf, permuted, randomGraph, randomNetwork, randomOrder, shape } from '../support/graphs.ts'

const options = { share: 0.2, randomSeed: 7 }

beforeAll(async () => {
  await loadBackend({ backend: 'cpu' })
})

/** Predicts the sum of x / (1 + e^-x) over nodes, x being the first feature: the mask is the second factor, sigmoid(x). */
function sigmoidSum(): ScoringNetwork {
  const network: NetworkShape = {
    ...shape,
    variant: 'smg',
    task: 'regression',
    layers: 1,
    hidden: 1,
    inputProjection: false,
    outputCount: 1,
  }
  const numbers: Readonly<Record<string, readonly number[]>> = {
    'layers.0.mask.l1.weight': [1, 0, 0],
    'layers.0.mask.mlp1.weight': [1, 0],
    'layers.0.mask.mlp2.weight': [1],
    'layers.0.update.weight': [1, 0, 0, 0, 0, 0],
    'head.lin1.weight': [1, 0],
    'head.lin2.weight': [1, 0],
    'head.lin3.weight': [1],
  }
  const weights = weightLayout(network).map(({ name, shape: sides }) => {
    const data = new Float32Array(sides.reduce((size, side) => size * side, 1))
    data.set(numbers[name] ?? [])
    return [name, { shape: sides, data }] as const
  })
  return { shape: network, weights: Object.fromEntries(weights), targetScaling: { mean: [0], std: [1] } }
}

/** Nodes without edges, with these first features. */
function nodesOf(key: string, ...features: readonly number[]) {
  return graphOf(key, Float32Array.from(features.flatMap((x) => [x, 0, 0])), [], null)
}

describe('measureMaskQuality()', () => {
  it('says how far the prediction moves without the node of highest mask, and with it alone', async () => {
    // Masks 3/4, 9/10 and three times 1/2; the nodes add 3/4 ln 3 and 9/10 ln 9 to the prediction, and nothing.
    const graph = nodesOf('a', Math.log(3), Math.log(9), 0, 0, 0)
    const quality = await measureMaskQuality(sigmoidSum(), [graph], {
      ...options,
      truth: { property: 'isPart', nodes: [[true, true, false, false, false]] },
    })
    const [lower, higher] = [0.75 * Math.log(3), 0.9 * Math.log(9)]
    expect(quality).toMatchObject({ graphCount: 1, share: 0.2, sparsity: [0], rocAuc: [1], truthProperty: 'isPart' })
    expect(quality.stability).toBeNull()
    expect(quality.deletionFidelity[0]).toBeCloseTo(higher, 5)
    expect(quality.insertionFidelity[0]).toBeCloseTo(lower, 5)
    // What goes without a random node stays with it alone.
    expect(quality.randomDeletionFidelity + quality.randomInsertionFidelity).toBeCloseTo(lower + higher, 5)
    expect(quality.randomDeletionFidelity).toBeLessThan(higher)
  })

  it('says for a class how far the probability falls that was predicted', async () => {
    const network = randomNetwork(3)
    const graph = randomGraph(5, 4) // one node of four is a quarter
    const [before] = await predictGraphs(network, [graph])
    if (before === undefined || !('classIndex' in before.outcome)) throw new Error('expected a class')
    const { classIndex, probability } = before.outcome
    const highest = before.masks.indexOf(Math.max(...before.masks.subarray(0, 4)))
    const without = masksWithout(
      [0, 1, 2, 3].map((v) => v === highest),
      3,
    )
    const [after] = await predictGraphs(network, [graph], { givenMasks: new Map([[graph, without]]) })
    if (after === undefined || !('classIndex' in after.outcome)) throw new Error('expected a class')
    const { deletionFidelity } = await measureMaskQuality(network, [graph], options)
    expect(deletionFidelity).toHaveLength(3)
    expect(deletionFidelity[0]).toBeCloseTo(probability - (after.outcome.probabilities[classIndex] ?? Number.NaN), 6)
  })

  it('is the same at random and by mask where all nodes are alike', async () => {
    const quality = await measureMaskQuality(sigmoidSum(), [nodesOf('a', 1, 1, 1, 1, 1)], options)
    expect(quality.deletionFidelity[0]).toBeCloseTo(quality.randomDeletionFidelity, 6)
    expect(quality.insertionFidelity[0]).toBeCloseTo(quality.randomInsertionFidelity, 6)
  })

  it('is the mean over graphs, however many there are: none changes what is drawn for another', async () => {
    const network = sigmoidSum()
    // So many that they are measured in several batches: each is altered twelve times.
    const graphs = Array.from({ length: 45 }, (_, g) => nodesOf(`g${g}`, g / 10, 1, 2, 0, 0))
    const together = await measureMaskQuality(network, graphs, options)
    const alone: MaskQuality[] = []
    for (const graph of graphs) alone.push(await measureMaskQuality(network, [graph], options))
    const mean = (of: (quality: MaskQuality) => number | undefined) =>
      alone.reduce((sum, quality) => sum + (of(quality) ?? Number.NaN), 0) / alone.length
    expect(together.graphCount).toBe(45)
    expect(together.deletionFidelity[0]).toBeCloseTo(
      mean((quality) => quality.deletionFidelity[0]),
      5,
    )
    expect(together.randomDeletionFidelity).toBeCloseTo(
      mean((quality) => quality.randomDeletionFidelity),
      5,
    )
    expect(together.randomInsertionFidelity).toBeCloseTo(
      mean((quality) => quality.randomInsertionFidelity),
      5,
    )
  })

  it('does not depend on the order of the nodes', async () => {
    const network = randomNetwork(1, { variant: 'm-smg-jk' })
    const graph = randomGraph(2, 9)
    const isPart = graph.nodeKeys.map((_, v) => v % 3 === 0)
    const order = randomOrder(4, 9)
    const measure = (of: typeof graph, nodes: readonly boolean[]) =>
      measureMaskQuality(network, [of], { ...options, truth: { property: 'isPart', nodes: [nodes] } })
    const original = await measure(graph, isPart)
    const moved = await measure(
      permuted(graph, order),
      order.map((from) => isPart[from] === true),
    )
    for (const name of ['deletionFidelity', 'insertionFidelity', 'sparsity', 'rocAuc'] as const)
      for (const [k, value] of (original[name] ?? []).entries()) expect(moved[name]?.[k]).toBeCloseTo(value, 5)
  })

  it('compares with networks of other seeds: with itself, masks are as stable as can be', async () => {
    const network = randomNetwork(1)
    const graphs = [randomGraph(2, 9), randomGraph(3, 6)]
    const { stability } = await measureMaskQuality(network, graphs, { ...options, others: [network, network] })
    expect(stability).toHaveLength(3)
    for (const correlation of stability ?? []) expect(correlation).toBeCloseTo(1, 9)
  })

  it('needs graphs', async () => {
    await expect(measureMaskQuality(randomNetwork(1), [], options)).rejects.toThrow(
      'Cannot measure masks: expected graphs, got none',
    )
  })
})
