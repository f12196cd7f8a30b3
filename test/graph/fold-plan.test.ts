import { describe, expect, it } from 'vitest'
import { planFold, unfolded } from '../../src/graph/fold-plan.ts'
import { graphOf, pathOf, ringOf } from './graph-arrays.ts'

describe('planFold()', () => {
  it('has a stage for each round that leaves fewer rows than the last one', () => {
    // Rounds 0 to 4 of a path of 7 have 1, 2, 3, 4 and 4 colours, those of a ring 1 each.
    expect(planFold([pathOf(7)], 2)).toEqual({ rounds: 4, stageCount: 4 })
    expect(planFold([ringOf(7)], 2)).toEqual({ rounds: 4, stageCount: 1 })
  })

  it('does without a stage that would leave nearly as many rows as the last one', () => {
    // Rounds 0 to 4 of a path of 9 have 1, 2, 3, 4 and 5 colours: the 4 of round 3 are 80 % of the last.
    expect(planFold([pathOf(9)], 2)).toEqual({ rounds: 4, stageCount: 4 })
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

  it('has only the rounds that leave half of the nodes at most, for graphs that are computed with once', () => {
    // Rounds 0 to 4 of a path of 7 have 1, 2, 3, 4 and 4 colours; half of its nodes are 3.5.
    expect(planFold([pathOf(7)], 2, 'once')).toEqual({ rounds: 2, stageCount: 4, sharedStage: 'nodes' })
    expect(planFold([ringOf(7)], 2, 'once')).toEqual({ rounds: 4, stageCount: 1 })
  })

  it('folds nothing where edges have features, or where there are no graphs', () => {
    expect(planFold([{ ...ringOf(5), edgeFeatureCount: 1, edgeFeatures: new Float32Array(10) }], 1)).toEqual(unfolded)
    expect(planFold([], 1)).toEqual(unfolded)
  })
})
