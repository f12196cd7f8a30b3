import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/graph/random.ts'
import {
  embeddingSize,
  flatFromWeights,
  initialParameters,
  joinWeights,
  type NetworkShape,
  parameterCount,
  parameterSpecs,
  splitWeights,
  weightLayout,
  weightsFromFlat,
} from '../../src/model/parameters.ts'
import { shape as smallShape } from './support/graphs.ts'
import { networkKinds, networkOfKind } from './support/networks.ts'

/** F = 3, H = 4, K = 2, C = 2. */
const shape: NetworkShape = { ...smallShape, layers: 2, hidden: 4 }
const shapesOf = (overrides: Partial<NetworkShape>) =>
  Object.fromEntries(weightLayout({ ...shape, ...overrides }).map(({ name, shape: sides }) => [name, sides]))
const shapes = networkKinds.map((kind) => networkOfKind(kind, 1).shape)
/** 0, 1, 2, ... for every parameter. */
const counted = (of: NetworkShape) => Float32Array.from({ length: parameterCount(of) }, (_, i) => i)

describe('weightLayout()', () => {
  it('names the weights as the Python peer does, [out, in], in the order of the model file', () => {
    const maskOf = (k: number) => [
      [`layers.${k}.mask.l1.weight`, [4, 4]],
      [`layers.${k}.mask.l1.bias`, [4]],
      [`layers.${k}.mask.l2.weight`, [4, 4]],
      [`layers.${k}.mask.l2.bias`, [4]],
      [`layers.${k}.mask.mlp1.weight`, [4, 8]],
      [`layers.${k}.mask.mlp1.bias`, [4]],
      [`layers.${k}.mask.mlp2.weight`, [1, 4]],
      [`layers.${k}.mask.mlp2.bias`, [1]],
    ]
    expect(weightLayout(shape).map(({ name, shape: sides }) => [name, sides])).toEqual([
      ['input.weight', [4, 3]],
      ['input.bias', [4]],
      ...maskOf(0),
      ['layers.0.update.weight', [4, 8]],
      ...maskOf(1),
      ['layers.1.update.weight', [4, 8]],
      ['head.lin1.weight', [4, 8]],
      ['head.lin1.bias', [4]],
      ['head.lin2.weight', [2, 4]],
      ['head.lin2.bias', [2]],
    ])
  })

  it('reads the last layer only without jk, and gives a mask per channel H outputs', () => {
    expect(shapesOf({ variant: 'smg' })['head.lin1.weight']).toEqual([4, 4])
    expect(shapesOf({ variant: 'm-smg' })).toMatchObject({
      'layers.0.mask.mlp2.weight': [4, 4],
      'layers.0.mask.mlp2.bias': [4],
      'head.lin1.weight': [4, 4],
    })
    expect(embeddingSize({ ...shape, variant: 'm-smg' })).toBe(4)
    expect(embeddingSize({ ...shape, variant: 'm-smg-jk' })).toBe(8)
  })

  it('reads the features themselves without input projection', () => {
    const named = shapesOf({ inputProjection: false })
    expect(named).toMatchObject({
      'layers.0.mask.l1.weight': [4, 3],
      'layers.0.mask.l2.weight': [4, 3],
      'layers.0.mask.mlp1.weight': [4, 8],
      'layers.0.update.weight': [4, 6],
      'layers.1.update.weight': [4, 8],
    })
    expect(named['input.weight']).toBeUndefined()
  })

  it('has three maps behind a regression, as wide as the peer’s', () => {
    expect(shapesOf({ task: 'regression', outputCount: 1 })).toMatchObject({
      'head.lin1.weight': [8, 8],
      'head.lin1.bias': [8],
      'head.lin2.weight': [4, 8],
      'head.lin2.bias': [4],
      'head.lin3.weight': [1, 4],
      'head.lin3.bias': [1],
    })
  })

  it('has root and edge network instead of the update with edge features', () => {
    const named = shapesOf({ edgeFeatureCount: 2, edgeHidden: 5 })
    expect(named).toMatchObject({
      'layers.1.root.weight': [4, 4],
      'layers.1.edge1.weight': [5, 2],
      'layers.1.edge1.bias': [5],
      'layers.1.edge2.weight': [16, 5],
      'layers.1.edge2.bias': [16],
    })
    expect(named['layers.1.update.weight']).toBeUndefined()
  })

  it('has a block of columns for each relationship type beside the node’s own', () => {
    expect(shapesOf({ typeCount: 3 })['layers.1.update.weight']).toEqual([4, 16])
  })

  it('refuses a mask per channel where the features are not the channels', () => {
    expect(() => weightLayout({ ...shape, variant: 'm-smg', inputProjection: false })).toThrow(
      'Cannot make a network of variant m-smg: expected inputProjection true, got false',
    )
  })
})

describe('initialParameters()', () => {
  it('draws weights and biases from U(-1/sqrt(fan_in), 1/sqrt(fan_in))', () => {
    const wide: NetworkShape = { ...shape, hidden: 100, typeCount: 2 }
    const weights = weightsFromFlat(wide, initialParameters(wide, createRandom(1, 'weights')))
    const inputs = (name: string) => Number(weights[name.replace('.bias', '.weight')]?.shape[1])
    for (const [name, { data }] of Object.entries(weights)) {
      const bound = Math.fround(1 / Math.sqrt(inputs(name)))
      expect(Math.max(...data.map(Math.abs)), name).toBeLessThanOrEqual(bound)
      if (data.length < 10_000) continue
      const mean = data.reduce((sum, value) => sum + value, 0) / data.length
      const variance = data.reduce((sum, value) => sum + value ** 2, 0) / data.length
      expect(Math.abs(mean) / bound, name).toBeLessThan(0.05)
      expect(variance / (bound ** 2 / 3), name).toBeCloseTo(1, 1)
    }
  })

  it('keeps every parameter within the bound of the map it belongs to, for every kind of network', () => {
    fc.assert(
      fc.property(shapes, fc.nat(1000), (of, seed) => {
        const flat = initialParameters(of, createRandom(seed, 'weights'))
        expect(flat).toHaveLength(parameterCount(of))
        let at = 0
        for (const { shape: sides, fanIn } of parameterSpecs(of)) {
          const size = sides.reduce((product, side) => product * side, 1)
          const largest = Math.max(...flat.subarray(at, at + size).map(Math.abs))
          expect(largest).toBeLessThanOrEqual(Math.fround(1 / Math.sqrt(fanIn)))
          expect(largest).toBeGreaterThan(0)
          at += size
        }
      }),
      { numRuns: 30 },
    )
  })

  it('gives the same bits for the same seed', () => {
    const draw = (seed: number) => initialParameters(shape, createRandom(seed, 'weights'))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('stays finite without features', () => {
    const flat = initialParameters({ ...shape, featureCount: 0 }, createRandom(1, 'weights'))
    expect(flat.every(Number.isFinite)).toBe(true)
  })
})

describe('weightsFromFlat() and flatFromWeights()', () => {
  it('take the columns of a weight from the parameters that use them apart', () => {
    // H = 2, F = 2, two types: parameter 1 is self [2, 2], parameter 2 the matrices of both types [4, 2], one below the other
    const typed: NetworkShape = {
      ...shape,
      layers: 1,
      hidden: 2,
      featureCount: 2,
      inputProjection: false,
      typeCount: 2,
    }
    const before = parameterSpecs(typed).findIndex(({ weight }) => weight === 'layers.0.update.weight')
    const first = parameterSpecs(typed)
      .slice(0, before)
      .reduce((sum, { shape: sides }) => sum + sides.reduce((product, side) => product * side, 1), 0)
    const update = weightsFromFlat(typed, counted(typed))['layers.0.update.weight']
    expect(update?.shape).toEqual([2, 6])
    expect(Array.from(update?.data ?? [], (number) => number - first)).toEqual([
      ...[0, 1, 4, 5, 8, 9], // output 1: of the node itself, of type 0, of type 1
      ...[2, 3, 6, 7, 10, 11], // output 2
    ])
  })

  it('are each other’s inverse for every kind of network, whatever the order of the names', () => {
    fc.assert(
      fc.property(shapes, (of) => {
        const weights = weightsFromFlat(of, counted(of))
        const backwards = Object.fromEntries(Object.entries(weights).reverse())
        expect(flatFromWeights(of, backwards)).toEqual(counted(of))
        const all = Object.values(weights).flatMap(({ data }) => [...data])
        expect(all.sort((a, b) => a - b)).toEqual([...counted(of)])
        expect(Object.entries(weights).map(([name, { shape: sides }]) => ({ name, shape: sides }))).toEqual(
          weightLayout(of),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('refuse missing, misshapen and unknown weights', () => {
    const weights = weightsFromFlat(shape, counted(shape))
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

describe('joinWeights() and splitWeights()', () => {
  it('put the weights one after the other as the layout has them, and take them apart again', () => {
    fc.assert(
      fc.property(shapes, (of) => {
        const numbers = counted(of)
        const weights = splitWeights(of, numbers)
        expect(joinWeights(of, weights)).toEqual(numbers)
        const [first] = weightLayout(of)
        expect(weights[first?.name ?? '']?.data[0]).toBe(0)
      }),
      { numRuns: 30 },
    )
  })
})
