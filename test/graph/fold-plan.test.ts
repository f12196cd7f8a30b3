import { describe, expect, it } from 'vitest'
import { planFold, unfolded } from '../../src/graph/fold-plan.ts'
import { graphOf, pathOf, ringOf } from './graph-arrays.ts'

describe('planFold()', () => {
  it('has a stage for each round that costs less than the last one', () => {
    // Rounds 0 to 4 of a path of 7 have 1, 2, 3, 4 and 4 colours, those of a ring 1 each. A row costs 8, each of its edges 1:
    // that is 9, 19, 29, 39 and 39.
    expect(planFold([pathOf(7)], 2)).toEqual({ rounds: 4, stageCount: 4 })
    expect(planFold([ringOf(7)], 2)).toEqual({ rounds: 4, stageCount: 1 })
  })

  it('does without a stage that would cost nearly as much as the last one', () => {
    // Rounds 0 to 6 of a path of 13 have 1, 2, ... and 7 colours, which cost 9, 19, ... 59 and 69: 59 is more than 80 % of 69.
    expect(planFold([pathOf(13)], 3)).toEqual({ rounds: 6, stageCount: 6 })
  })

  it('counts a colour once, however many graphs have it', () => {
    // Alone, no arrow folds: its two nodes see different things.
    const arrow = graphOf([[1], [2]], [{ from: 0, to: 1 }])
    expect(planFold([arrow], 1)).toEqual(unfolded)
    expect(planFold([arrow, arrow], 1)).toEqual({ rounds: 2, stageCount: 1 })
  })

  it('looks at graphs all over, not at the first ones', () => {
    const different = Array.from({ length: 64 }, (_, g) => graphOf([[g]], []))
    const alike = Array.from({ length: 64 }, () => ringOf(5))
    expect(planFold([...different, ...alike], 1)).toEqual({ rounds: 2, stageCount: 1 })
    expect(planFold(different, 1)).toEqual(unfolded)
  })

  it('has only the rounds that halve the cost, for graphs that are computed with once and do not fold well', () => {
    // Rounds 0 to 6 of a path of 8 cost 9, 19, 29 and 39; its 8 nodes and 14 ends of edges 78: half of that is 39.
    expect(planFold([pathOf(8)], 3, 'once')).toEqual({ rounds: 6, stageCount: 4 })
    // With another feature at one end all 8 differ in the end: rounds 0 to 3 cost 19, 38, 58 and 78.
    const lopsided = { ...pathOf(8), x: Float32Array.of(2, 1, 1, 1, 1, 1, 1, 1) }
    expect(planFold([lopsided], 3, 'once')).toEqual({ rounds: 1, stageCount: 3, sharedStage: 'nodes' })
    expect(planFold([ringOf(7)], 2, 'once')).toEqual({ rounds: 4, stageCount: 1 })
  })

  it('folds nothing where edges have features, or where there are no graphs', () => {
    expect(planFold([{ ...ringOf(5), edgeFeatureCount: 1, edgeFeatures: new Float32Array(10) }], 1)).toEqual(unfolded)
    expect(planFold([], 1)).toEqual(unfolded)
  })
})
