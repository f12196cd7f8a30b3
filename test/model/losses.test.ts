import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { balancedWeights, createLoss, crossEntropy, softmax } from '../../src/model/losses.ts'
import { randomGraph } from './support/graphs.ts'

const classes = [0, 1, 1, 2]
const classGraphs = classes.map((y, seed) => randomGraph(seed, 2, y))
const classLoss = (balanced: number | null) =>
  createLoss({ outputCount: 3 }, classGraphs, { targetScaling: null, balanced })

/** Two targets each: the first of mean 2 and deviation 2, the second of mean 10 and deviation 1. */
const valueGraphs = [[0, 11], [4, 9], [2, 10]].map((targets, seed) => ({ ...randomGraph(seed, 2), targets })) // biome-ignore format: short
const scaling = { mean: [2, 10], std: [2, 1] }
const valueLoss = createLoss({ outputCount: 2 }, valueGraphs, { targetScaling: scaling, balanced: null })

const logits = fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 2, maxLength: 5 })

describe('softmax()', () => {
  it('gives probabilities in proportion to the powers of e', () => {
    const [first = 0, second = 0] = softmax([Math.log(1), Math.log(3)])
    expect(first).toBeCloseTo(0.25, 12)
    expect(second).toBeCloseTo(0.75, 12)
  })

  it('neither overflows nor changes when all logits grow alike', () => {
    expect(softmax([1000, 1000])).toEqual([0.5, 0.5])
    fc.assert(
      fc.property(logits, fc.integer({ min: -1000, max: 1000 }), (numbers, more) => {
        const shifted = softmax(numbers.map((number) => number + more))
        expect(shifted.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
        softmax(numbers).forEach((p, c) => {
          expect(shifted[c]).toBeCloseTo(p, 9)
        })
      }),
    )
  })
})

describe('crossEntropy()', () => {
  it('is minus the logarithm of the probability of the class', () => {
    expect(crossEntropy(Float32Array.of(0, 0), 1)).toBeCloseTo(Math.log(2), 12)
    expect(crossEntropy(Float32Array.of(1000, 0), 1)).toBe(1000)
    fc.assert(
      fc.property(logits, (numbers) => {
        const row = Float32Array.from(numbers)
        expect(crossEntropy(row, 0)).toBeCloseTo(-Math.log(softmax(row)[0] ?? 0), 6)
      }),
    )
  })
})

describe('balancedWeights()', () => {
  it('is N / (C N_c): each class counts N / C, a class without graphs 0', () => {
    expect(balancedWeights([0, 0, 0, 1], 2)).toEqual([4 / 6, 4 / 2])
    expect(balancedWeights([0, 0, 2], 3)).toEqual([3 / 6, 0, 3 / 3])
  })

  it('adds up to the number of graphs', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1 }), (ys) => {
        const weights = balancedWeights([...ys, 0, 1, 2, 3], 4)
        const total = [...ys, 0, 1, 2, 3].reduce((sum, y) => sum + (weights[y] ?? 0), 0)
        expect(total).toBeCloseTo(ys.length + 4, 9)
      }),
    )
  })
})

describe('createLoss() for classes', () => {
  // softmax: (1/4, 1/4, 1/2) and (1/3, 1/3, 1/3)
  const outputs = Float32Array.of(0, 0, Math.log(2), 5, 5, 5)
  const indices = Int32Array.of(3, 0) // of classes 2 and 0

  it('adds up the cross-entropy of graphs that are named by index', () => {
    const loss = classLoss(null)
    expect(loss.weightOf(indices)).toBe(2)
    expect(loss.valueOf(outputs, indices)).toBeCloseTo(Math.log(2) + Math.log(3), 6)
  })

  it('hands the gradient program one-hot classes, and what each graph counts', () => {
    const { targets, weights } = classLoss(null).shardArrays(indices, 8)
    expect(targets).toEqual({ values: Float32Array.of(0, 0, 1, 1, 0, 0), shape: [2, 3] })
    expect(weights).toEqual({ values: Float32Array.of(1 / 8, 1 / 8), shape: [2, 1] })
  })

  it('weights the graphs so that the classes of the first so many count the same', () => {
    // of all four: 4/3 and 4/6 and 4/3; of the first three, where class 2 is missing: 1, 1/2 and 0
    const all = classLoss(4)
    expect(all.weightOf(Int32Array.of(0, 1, 2, 3))).toBeCloseTo(4, 12)
    expect(all.valueOf(outputs, indices)).toBeCloseTo((4 / 3) * (Math.log(2) + Math.log(3)), 6)
    expect(all.shardArrays(Int32Array.of(1), 2).weights.values[0]).toBeCloseTo(1 / 3, 6)
    expect(classLoss(3).weightOf(Int32Array.of(0, 1, 3))).toBeCloseTo(1 + 1 / 2, 12)
  })

  it('measures without weights: mean loss and share of right classes, the first of equal ones', () => {
    const measures = classLoss(4).measure(outputs, indices)
    expect(measures.loss).toBeCloseTo((Math.log(2) + Math.log(3)) / 2, 6)
    expect(measures).toMatchObject({ accuracy: 1, meanAbsoluteError: null })
    expect(classLoss(null).measure(outputs, Int32Array.of(0, 1)).accuracy).toBe(0)
  })

  it('refuses graphs without a class, or with one that the network has no output for', () => {
    const create = (y: number | null) => () =>
      createLoss({ outputCount: 2 }, [randomGraph(7, 2, y)], { targetScaling: null, balanced: null })
    expect(create(null)).toThrow('graph g7 has no class')
    expect(create(2)).toThrow('expected a class from 0 to 1 of graph g7, got 2')
    expect(create(-1)).toThrow('got -1')
  })
})

describe('createLoss() for targets', () => {
  const indices = Int32Array.of(1, 0) // standardised: (1, -1) and (-1, 1)
  const outputs = Float32Array.of(1, 0, 1, 1)

  it('adds up the mean squared error of the standardised targets', () => {
    expect(valueLoss.weightOf(indices)).toBe(2)
    expect(valueLoss.valueOf(outputs, indices)).toBe((0 + 1) / 2 + (4 + 0) / 2)
  })

  it('hands the gradient program standardised targets, and the slope of the square', () => {
    const { targets, weights } = valueLoss.shardArrays(indices, 4)
    expect(targets).toEqual({ values: Float32Array.of(1, -1, -1, 1), shape: [2, 2] })
    // d/do of sum over c of (o - t)^2 / 2 targets / 4 graphs is (o - t) / 4
    expect(weights).toEqual({ values: Float32Array.of(1 / 4, 1 / 4), shape: [2, 1] })
  })

  it('measures the absolute error in the units of the targets, mean over targets', () => {
    // values: (4, 10) for (4, 9), and (4, 11) for (0, 11)
    expect(valueLoss.measure(outputs, indices)).toEqual({
      loss: 1.25,
      accuracy: null,
      meanAbsoluteError: (0 + 1 + 4 + 0) / 2 / 2,
    })
  })

  it('refuses graphs without targets, and with another number of them than the network has outputs', () => {
    const create = (targets: number[] | null) => () =>
      createLoss({ outputCount: 2 }, [{ ...randomGraph(7, 2), targets }], { targetScaling: scaling, balanced: null })
    expect(create(null)).toThrow('graph g7: expected 2 targets, got none')
    expect(create([1])).toThrow('graph g7: expected 2 targets, got 1')
  })
})
