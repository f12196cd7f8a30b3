import { describe, expect, it } from 'vitest'
import { describeTargets, targetSightings } from '../../src/graph/target-sightings.ts'

describe('targetSightings()', () => {
  it('counts the graphs of each kind, in the order in which the kinds are first seen', () => {
    const graphs = [1n, null, 2n, 0.5].map((target, i) => ({ key: BigInt(i), target }))
    const sightings = targetSightings(graphs, ({ kind }) => kind === 'category')
    expect(sightings).toEqual([
      { label: 'INTEGER', isUsable: true, keys: [0n, 2n], count: 2 },
      { label: 'null', isUsable: false, keys: [1n], count: 1 },
      { label: 'FLOAT', isUsable: false, keys: [3n], count: 1 },
    ])
    expect(describeTargets(sightings)).toBe('INTEGER at graphs 0, 2; null at graph 1; FLOAT at graph 3')
  })

  it('names the first five graphs of a kind', () => {
    const graphs = Array.from({ length: 6 }, (_, i) => ({ key: `g${i}`, target: 'a' }))
    expect(describeTargets(targetSightings(graphs, () => true))).toBe('STRING at graphs g0, g1, g2, g3, g4, 6 in all')
  })
})
