import { describe, expect, it } from 'vitest'
import { leakOf } from '../../src/pipeline/proposal/leakage.ts'

const suspicious = { task: 'classification', targetProperty: 'suspicious' } as const

/** 40 graphs, of which every other one is suspicious. */
function graphs(values: (isSuspicious: boolean, i: number) => readonly (string | boolean | number | bigint)[]) {
  return Array.from({ length: 40 }, (_, i) => ({ target: i % 2 === 1, values: values(i % 2 === 1, i) }))
}

describe('leakOf()', () => {
  it('sees a mark that is in every graph of one class and in no other', () => {
    expect(
      leakOf(
        graphs((is) => [false, is]),
        suspicious,
      ),
    ).toBe('whether it is true at a member tells suspicious in 100 % of the graphs')
  })

  it('sees a mark that only some graphs of a class have, and no other', () => {
    expect(
      leakOf(
        graphs((is, i) => [false, is && i % 4 === 1]),
        suspicious,
      ),
    ).toBe('it is true in graphs of suspicious true alone, in 50 % of them')
  })

  it('sees a copy of the target, as text, and of one class among three', () => {
    const copies = Array.from({ length: 30 }, (_, i) => ({ target: `c${i % 3}`, values: [`class ${i % 3}`, 'x'] }))
    expect(leakOf(copies, suspicious)).toMatch(/^whether it is "class 0" at a member tells suspicious in 100 %/)
  })

  it('sees a number that is larger in one class', () => {
    expect(
      leakOf(
        graphs((is, i) => [i / 100, is ? 1 + i / 100 : 0]),
        suspicious,
      ),
    ).toBe('its mean in a graph tells suspicious in 100 % of the graphs')
  })

  it('sees a number whose mean is the number to learn', () => {
    const numbers = Array.from({ length: 20 }, (_, i) => ({ target: i, values: [2 * i - 1, 2 * i + 1] }))
    expect(leakOf(numbers, { task: 'regression', targetProperty: 'length' })).toBe(
      'its mean in a graph is all but length (correlation 1.00)',
    )
  })

  it('lets pass what is in both classes, and what too few graphs show', () => {
    expect(
      leakOf(
        graphs((_is, i) => [i % 3 === 0, i % 5]),
        suspicious,
      ),
    ).toBeNull()
    expect(leakOf(graphs((is) => [is]).slice(0, 19), suspicious)).toBeNull()
  })
})
