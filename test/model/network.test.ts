import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../src/model/backend.ts'
import { batchTensors } from '../../src/model/batch-tensors.ts'
import { sumOverPairs } from '../../src/model/kernels.ts'
import { crossEntropy } from '../../src/model/losses.ts'
import { forward } from '../../src/model/network.ts'
import { flatFromWeights, parameterSpecs, splitParameters, weightsFromFlat } from '../../src/model/parameters.ts'
import { propagate } from '../../src/model/smg-layer.ts'
import { expectClose } from './support/expect-close.ts'
import { batchOf, parityFixtures, shapeOf, theoremCases, weightsOf } from './support/fixtures.ts'

describe.each(['native', 'cpu'] as const)('forward() on the %s backend', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it.each(parityFixtures())('equals the float64 oracle in %s', (_file, fixture) => {
    const { input, expected } = fixture
    const shape = shapeOf(fixture)
    const batch = batchOf(input.x, input.edge_index, input.batch.data, input.y.data)
    tf.tidy(() => {
      const flat = tf.tensor1d(flatFromWeights(shape, weightsOf(fixture.weights)))
      const output = forward(splitParameters(shape, flat), batchTensors(batch), shape)
      output.masks.forEach((mask, k) => {
        expectClose(mask, expected.masks[k] ?? { shape: [], data: [] }, 1e-5)
      })
      output.nodeEmbeddings.forEach((h, k) => {
        expectClose(h, expected.node_embeddings[k] ?? { shape: [], data: [] }, 1e-5)
      })
      expectClose(output.graphEmbedding, expected.graph_embedding, 1e-5)
      expectClose(output.logits, expected.logits, 1e-5)
      const y = tf.tensor1d(batch.y, 'int32')
      expectClose(crossEntropy(output.logits, y), { shape: [], data: [expected.loss] }, 1e-5)

      const gradient = tf.grad((theta: tf.Tensor) => {
        const { logits } = forward(splitParameters(shape, theta.as1D()), batchTensors(batch), shape)
        return crossEntropy(logits, y)
      })(flat)
      const gradients = weightsFromFlat(shape, Float32Array.from(gradient.dataSync()))
      for (const { name } of parameterSpecs(shape)) {
        const [got, want] = [gradients[name], expected.gradients[name]]
        if (!got || !want) throw new Error(`no gradient of ${name}`)
        const scale = Math.max(...want.data.map(Math.abs), 1e-6)
        const scaled = (array: ArrayLike<number>) => Array.from(array, (value) => value / scale)
        expectClose({ ...got, data: scaled(got.data) }, { ...want, data: scaled(want.data) }, 1e-4)
      }
    })
  })

  it.each(theoremCases())('represents a subgraph alone, masked out of the whole: %s', (_name, one) => {
    const everything = batchOf(one.x, one.edge_index, Array(one.num_nodes).fill(0), [0])
    const represent = (maskOf: (k: number, v: number) => number) => {
      const { x, edges, membership } = batchTensors(everything)
      let h = x
      one.weights.forEach(({ shape: [rows = 0, columns = 0], data }, k) => {
        const m = tf.tensor2d(Array.from({ length: one.num_nodes }, (_, v) => [maskOf(k, v)]))
        h = propagate(tf.tensor2d(data, [rows, columns]), h, m, edges)
      })
      return { h, total: sumOverPairs(h, membership).as1D() }
    }
    tf.tidy(() => {
      const masked = represent((k, v) => one.masks.data[k * one.num_nodes + v] ?? Number.NaN)
      const inside = tf.gather(masked.h, tf.tensor1d(one.subset, 'int32'))
      expectClose(masked.total, one.expected.h_G, 1e-5)
      expectClose(inside, one.expected.h_S, 1e-5)
      expectClose(represent(() => 1).total, one.expected.h_G_unmasked, 1e-5)
    })
  })

  it('leaves no tensors behind', () => {
    const [[, fixture] = []] = parityFixtures()
    if (!fixture) throw new Error('no fixture')
    const shape = shapeOf(fixture)
    const batch = batchOf(fixture.input.x, fixture.input.edge_index, fixture.input.batch.data, fixture.input.y.data)
    const before = tf.memory().numTensors
    tf.tidy(() => {
      const flat = tf.tensor1d(flatFromWeights(shape, weightsOf(fixture.weights)))
      forward(splitParameters(shape, flat), batchTensors(batch), shape)
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})
