import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeBatch } from '../../../src/graph/batch.ts'
import type { EncodedGraph } from '../../../src/graph/encoded-graph.ts'
import { foldGraphs } from '../../../src/graph/fold.ts'
import { unfolded } from '../../../src/graph/fold-plan.ts'
import { loadBackend } from '../../../src/model/backend.ts'
import { softmax } from '../../../src/model/losses.ts'
import { flatFromWeights, type NetworkShape, weightsFromFlat } from '../../../src/model/parameters.ts'
import { createPrograms, type Programs } from '../../../src/model/program/shard-programs.ts'
import { batchArrays } from '../../../src/model/step.ts'
import { matrix } from '../support/compute.ts'
import { expectClose } from '../support/expect-close.ts'
import { randomGraph, randomNetwork } from '../support/graphs.ts'
import { nativeCounts } from '../support/native-counts.ts'

const layers = 2
const flat = (data: ArrayLike<number>) => ({ shape: [data.length], data })

/** A shard of `graphs` for the network of `shape`; the targets are the first of its outputs. */
function trainingShard(graphs: readonly EncodedGraph[], { readout, outputCount }: NetworkShape, weight: number) {
  const batch = makeBatch(foldGraphs(graphs, unfolded), Int32Array.from(graphs.keys()), { layers })
  return {
    batch: batchArrays(batch, readout),
    targets: matrix(graphs.map(() => Array.from({ length: outputCount }, (_, c) => (c === 0 ? 1 : 0)))),
    weights: matrix(graphs.map(() => [weight])),
    preassigned: null,
    dropoutFactors: null,
  }
}

describe.each(['native', 'cpu'] as const)('createPrograms() on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })
  let programs: Programs
  afterEach(() => programs.dispose())
  const graphs = [4, 1, 6].map((size) => randomGraph(size, size))

  it('has the gradient of the cross-entropy: probabilities less truth, weighted, for the last bias', () => {
    const { shape, weights } = randomNetwork(1, { layers })
    programs = createPrograms(shape)
    const parameters = flatFromWeights(shape, weights)
    const { gradient, outputs } = programs.gradient(parameters, [trainingShard(graphs, shape, 0.5)])
    const logits = [0, 1, 2].map((g) => softmax(outputs[0]?.subarray(2 * g, 2 * g + 2) ?? []))
    const expected = [0, 1].map((c) => logits.reduce((sum, p) => sum + 0.5 * ((p[c] ?? 0) - (c === 0 ? 1 : 0)), 0))
    expectClose(flat(weightsFromFlat(shape, gradient)['head.lin2.bias']?.data ?? []), flat(expected), 1e-6)
  })

  it('has the gradient of half the squared error: outputs less targets, weighted, for the last bias', () => {
    const { shape, weights } = randomNetwork(1, { layers, task: 'regression' })
    programs = createPrograms(shape)
    const parameters = flatFromWeights(shape, weights)
    const { gradient, outputs } = programs.gradient(parameters, [trainingShard(graphs, shape, 0.5)])
    const sums = [0, 1].map((c) => [0, 1, 2].reduce((sum, g) => sum + (outputs[0]?.[2 * g + c] ?? 0), 0))
    const expected = [0.5 * ((sums[0] ?? 0) - 3), 0.5 * (sums[1] ?? 0)]
    expectClose(flat(weightsFromFlat(shape, gradient)['head.lin3.bias']?.data ?? []), flat(expected), 1e-6)
  })

  it('adds gradients up over shards, and keeps their outputs apart', () => {
    const { shape, weights } = randomNetwork(2, { layers, variant: 'm-smg-jk' })
    programs = createPrograms(shape)
    const parameters = flatFromWeights(shape, weights)
    const whole = programs.gradient(parameters, [trainingShard(graphs, shape, 1)])
    const cut = programs.gradient(parameters, [
      trainingShard(graphs.slice(0, 1), shape, 1),
      trainingShard(graphs.slice(1), shape, 1),
    ])
    expectClose(flat(cut.gradient), flat(whole.gradient), 1e-5)
    expect(cut.outputs.map(({ length }) => length)).toEqual([2, 4])
    expectClose(flat(cut.outputs.flatMap((output) => [...output])), flat(whole.outputs[0] ?? []), 1e-6)
  })

  it('multiplies the units of the classifier by the dropout factors: without any, its last bias is left', () => {
    const { shape, weights } = randomNetwork(1, { layers })
    programs = createPrograms(shape)
    const none = { values: new Float32Array(3 * shape.hidden), shape: [3, shape.hidden] }
    const shard = { ...trainingShard(graphs, shape, 1), preassigned: null, dropoutFactors: none }
    const { gradient, outputs } = programs.gradient(flatFromWeights(shape, weights), [shard])
    const bias = Array.from(weights['head.lin2.bias']?.data ?? [])
    expect(Array.from(outputs[0] ?? [])).toEqual([...bias, ...bias, ...bias])
    expect(weightsFromFlat(shape, gradient)['head.lin2.weight']?.data.every((number) => number === 0)).toBe(true)
  })

  it('uses given masks in place of learned ones', () => {
    const { shape, weights } = randomNetwork(1, { layers })
    programs = createPrograms(shape)
    const parameters = flatFromWeights(shape, weights)
    const { batch } = trainingShard(graphs.slice(0, 1), shape, 1)
    const [free] = programs.predict(parameters, [{ batch, preassigned: null }])
    const preassigned = [
      { given: matrix([[0], [0], [0], [0]]), learned: matrix([[1], [1], [1], [1]]) },
      { given: matrix([[0.25], [0], [0], [1]]), learned: matrix([[0], [1], [1], [0]]) },
    ]
    const [held] = programs.predict(parameters, [{ batch, preassigned }])
    expect(held?.masks[0]).toEqual(free?.masks[0])
    const [first, ...others] = Array.from(held?.masks[1] ?? [])
    expect([first, ...others]).toEqual([0.25, free?.masks[1]?.[1], free?.masks[1]?.[2], 1])
    expect(held?.embeddings).not.toEqual(free?.embeddings)
  })

  it('needs graphs', () => {
    const { shape, weights } = randomNetwork(1, { layers })
    programs = createPrograms(shape)
    const parameters = flatFromWeights(shape, weights)
    expect(() => programs.gradient(parameters, [])).toThrow('Cannot compute a gradient: expected graphs, got none')
    expect(programs.predict(parameters, [])).toEqual([])
  })
})

it('createPrograms() compiles one program for all batches of the same form, and frees it', async () => {
  await loadBackend({ backend: 'native' })
  const before = nativeCounts().models
  const { shape, weights } = randomNetwork(1, { layers })
  const programs = createPrograms(shape)
  const parameters = flatFromWeights(shape, weights)
  for (const sizes of [[4, 1], [6], [3, 3, 3, 9]]) {
    const shard = trainingShard(sizes.map((size) => randomGraph(size, size)), shape, 1) // biome-ignore format: short
    programs.gradient(parameters, [shard])
    programs.predict(parameters, [{ batch: shard.batch, preassigned: null }])
  }
  expect(nativeCounts().models - before).toBe(2)
  programs.dispose()
  expect(nativeCounts().models).toBe(before)
})
