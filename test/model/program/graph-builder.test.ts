import { describe, expect, it } from 'vitest'
import { createGraphBuilder } from '../../../src/model/program/graph-builder.ts'

describe('createGraphBuilder()', () => {
  it('records nodes in order, with names, inputs and attributes', () => {
    const builder = createGraphBuilder()
    const x = builder.placeholder('float32', [-1, 3])
    const y = builder.placeholder('int32', [2])
    const [sum] = builder.add('AddV2', [x, y], { T: { type: 'float32' } }, [[-1, 3]])
    expect(builder.nodes).toEqual([
      {
        name: 'n0',
        op: 'Placeholder',
        inputs: [],
        attributes: { dtype: { type: 'float32' }, shape: { shape: [-1, 3] } },
      },
      { name: 'n1', op: 'Placeholder', inputs: [], attributes: { dtype: { type: 'int32' }, shape: { shape: [2] } } },
      { name: 'n2', op: 'AddV2', inputs: ['n0', 'n1'], attributes: { T: { type: 'float32' } } },
    ])
    expect([sum?.name, sum?.shape, sum?.builder]).toEqual(['n2', [-1, 3], builder])
  })

  it('names further outputs of a node by their number', () => {
    const builder = createGraphBuilder()
    const x = builder.placeholder('float32', [4])
    const parts = builder.add('Split', [x], {}, [[1], [3]])
    expect(parts.map(({ name, shape }) => [name, shape])).toEqual([['n1', [1]], ['n1:1', [3]]]) // biome-ignore format: short
  })

  it('has each constant once', () => {
    const builder = createGraphBuilder()
    const one = builder.constant([1], [])
    expect(builder.constant([1], [])).toBe(one)
    expect(builder.constant([1], [1])).not.toBe(one)
    expect(builder.constant([2], [])).not.toBe(one)
    expect(builder.constant([1, 2], [2])).not.toBe(builder.constant([12], [1]))
    expect(builder.nodes.length).toBe(5)
  })
})
