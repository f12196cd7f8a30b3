import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/graph/random.ts'
import {
  flatFromWeights,
  initialParameters,
  type NetworkShape,
  parameterCount,
  parameterSpecs,
  weightsFromFlat,
} from '../../src/model/parameters.ts'

const shape: NetworkShape = {
  variant: 'smg-jk',
  layers: 2,
  hidden: 4,
  inputProjection: true,
  featureCount: 3,
  classCount: 2,
}

describe('parameterSpecs()', () => {
  it('names the weights as the Python peer does, [out, in]', () => {
    const named = Object.fromEntries(parameterSpecs(shape).map(({ name, shape: sides }) => [name, sides]))
    expect(Object.keys(named)).toHaveLength(2 + 2 * 9 + 4)
    expect(named).toMatchObject({
      'input.weight': [4, 3],
      'input.bias': [4],
      'layers.0.mask.l1.weight': [4, 4],
      'layers.1.mask.mlp1.weight': [4, 8],
      'layers.1.mask.mlp2.weight': [1, 4],
      'layers.1.mask.mlp2.bias': [1],
      'layers.1.update.weight': [4, 8],
      'head.lin1.weight': [4, 8],
      'head.lin2.weight': [2, 4],
    })
  })

  it('reads the last layer only in the variant smg, and the features themselves without input projection', () => {
    const named = Object.fromEntries(
      parameterSpecs({ ...shape, variant: 'smg', inputProjection: false }).map((spec) => [spec.name, spec.shape]),
    )
    expect(named).toMatchObject({
      'layers.0.mask.l1.weight': [4, 3],
      'layers.0.update.weight': [4, 6],
      'layers.1.mask.l1.weight': [4, 4],
      'head.lin1.weight': [4, 4],
    })
    expect(named['input.weight']).toBeUndefined()
    expect(named['layers.0.update.bias']).toBeUndefined()
  })
})

describe('initialParameters()', () => {
  it('draws weights and biases from U(-1/sqrt(fan_in), 1/sqrt(fan_in))', () => {
    const wide = { ...shape, hidden: 100 }
    const weights = weightsFromFlat(wide, initialParameters(wide, createRandom(1, 'weights')))
    for (const { name, fanIn } of parameterSpecs(wide)) {
      const values = weights[name]?.data ?? new Float32Array()
      const bound = Math.fround(1 / Math.sqrt(fanIn))
      expect(Math.max(...values.map(Math.abs)), name).toBeLessThanOrEqual(bound)
      if (values.length < 1000) continue
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length
      expect(Math.abs(mean) / bound, name).toBeLessThan(0.05)
      expect(variance / (bound ** 2 / 3), name).toBeCloseTo(1, 1)
    }
  })

  it('gives the same bits for the same seed', () => {
    const draw = (seed: number) => initialParameters(shape, createRandom(seed, 'weights'))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(1)).toHaveLength(parameterCount(shape))
  })
})

describe('flatFromWeights()', () => {
  const weights = weightsFromFlat(
    shape,
    Float32Array.from({ length: parameterCount(shape) }, (_, i) => i),
  )

  it('is the inverse of weightsFromFlat(), whatever the order of the names', () => {
    const backwards = Object.fromEntries(Object.entries(weights).reverse())
    expect([...flatFromWeights(shape, backwards)]).toEqual([...Array(parameterCount(shape)).keys()])
  })

  it('refuses missing, misshapen and unknown weights', () => {
    const { 'input.bias': bias, ...without } = weights
    expect(() => flatFromWeights(shape, without)).toThrow('expected input.bias of shape [4], got none')
    expect(() => flatFromWeights({ ...shape, featureCount: 5 }, weights)).toThrow(
      'expected input.weight of shape [4,5], got [4,3]',
    )
    expect(() =>
      flatFromWeights(shape, { ...weights, surplus: bias ?? { shape: [0], data: new Float32Array() } }),
    ).toThrow('surplus is not part of the network')
  })
})
