import { describe, expect, it } from 'vitest'
import { fitBagScaling } from '../../../src/model/baselines/bag-of-features.ts'
import { smallGraph } from './support/small-graph.ts'

describe('fitBagScaling()', () => {
  it('has mean and deviation of the sums of features over graphs', () => {
    expect(fitBagScaling([smallGraph([1, 2, 3], []), smallGraph([4, 6], [])])).toEqual({ mean: [8], std: [2] })
  })

  it('leaves sums that are all equal as they are', () => {
    expect(fitBagScaling([smallGraph([1, 2], []), smallGraph([3], [])]).std).toEqual([1])
  })
})
