import { describe, expect, it } from 'vitest'
import { trainingSchema } from '../../src/config/schema.ts'
import { graphProperties } from '../../src/graph/vocabulary.ts'
import { knownTargets } from '../../src/pipeline/known-targets.ts'

const options = { training: trainingSchema.parse({}), vocabulary: graphProperties }
const graphs = Array.from({ length: 10 }, (_, i) => ({ key: `g${i}`, values: [BigInt(i % 2), i / 2] }))
const keysOf = ({ train, validation, test }: ReturnType<typeof knownTargets>['split']) =>
  [...train, ...validation, ...test].toSorted()

describe('knownTargets()', () => {
  it('takes the first target for classes', () => {
    const { classes, numbers, split } = knownTargets(graphs, { ...options, targets: ['a'], task: 'classification' })
    expect({ classes, numbers }).toEqual({ classes: [0n, 1n], numbers: null })
    expect(keysOf(split)).toEqual(graphs.map(({ key }) => key))
  })

  it('takes all targets for numbers, graph by graph', () => {
    const { classes, numbers, split } = knownTargets(graphs, { ...options, targets: ['a', 'b'], task: 'regression' })
    expect(classes).toEqual([])
    expect(numbers).toEqual(new Map(graphs.map(({ key }, i) => [key, [i % 2, i / 2]])))
    expect(keysOf(split)).toEqual(graphs.map(({ key }) => key))
  })

  it('names the target that is wrong', () => {
    const odd = [...graphs, { key: 'odd', values: [1n, 'text'] }]
    expect(() => knownTargets(odd, { ...options, targets: ['a', 'b'], task: 'regression' })).toThrow(
      /^Cannot learn property 'b': .* got STRING at graph odd\./,
    )
  })
})
