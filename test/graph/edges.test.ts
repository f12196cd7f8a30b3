import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { degreesOf, type EdgeValues, type MessageEdges, messageEdges } from '../../src/graph/edges.ts'
import type { Subgraph } from '../../src/graph/subgraph.ts'
import { blank, subgraphOf } from './subgraphs.ts'

const alike: EdgeValues = { weight: null, type: null, typeCount: 1, features: null, featureCount: 0 }
const weights = (...values: number[]): EdgeValues => ({ ...alike, weight: Float32Array.from(values) })
const types = (...values: number[]): EdgeValues => ({ ...alike, type: Int32Array.from(values), typeCount: 3 })

/** [row of u, row of v, ...what else there is] of each message u -> v. */
function messagesOf({ source, target, type, weight, features }: MessageEdges): number[][] {
  const width = features === null ? 0 : features.length / source.length
  return Array.from(source, (u, e) => [
    u,
    target[e] ?? Number.NaN,
    ...(type?.subarray(e, e + 1) ?? []),
    ...(weight?.subarray(e, e + 1) ?? []),
    ...(features?.subarray(e * width, (e + 1) * width) ?? []),
  ])
}

describe('messageEdges()', () => {
  it('adds the weights of parallel edges up', () => {
    const { graph } = subgraphOf(blank(2), ['ab', 'ab', 'ba'])
    const along = messageEdges(graph, 'NATURAL', weights(2, 3, 10))
    expect(messagesOf(along)).toEqual([
      [1, 0, 10],
      [0, 1, 5],
    ])
    expect(along.parallelEdges).toBe(0)
    expect(messagesOf(messageEdges(graph, 'UNDIRECTED', weights(2, 3, 10)))).toEqual([
      [1, 0, 15],
      [0, 1, 15],
    ])
  })

  it('counts parallel edges of different types, and those of one type once', () => {
    const { graph } = subgraphOf(blank(2), ['ab', 'ab', 'ab'])
    const along = messageEdges(graph, 'NATURAL', types(2, 0, 2))
    expect(messagesOf(along)).toEqual([
      [0, 1, 0],
      [0, 1, 2],
    ])
    expect(along.parallelEdges).toBe(1)
    const bothWays = messageEdges(graph, 'UNDIRECTED', types(2, 0, 2))
    expect(messagesOf(bothWays)).toEqual([
      [1, 0, 0],
      [1, 0, 2],
      [0, 1, 0],
      [0, 1, 2],
    ])
    expect(bothWays.parallelEdges).toBe(1)
  })

  it('adds weights up type by type', () => {
    const { graph } = subgraphOf(blank(2), ['ab', 'ab', 'ab'])
    expect(
      messagesOf(
        messageEdges(graph, 'NATURAL', {
          ...types(1, 0, 1),
          ...weights(1, 2, 4),
          typeCount: 2,
          type: Int32Array.of(1, 0, 1),
        }),
      ),
    ).toEqual([
      [0, 1, 0, 2],
      [0, 1, 1, 5],
    ])
  })

  it('keeps every edge that has features, equal ones too, in the order of the features', () => {
    const { graph } = subgraphOf(blank(2), ['ab', 'ab', 'ab'])
    const features = Float32Array.of(7, 1, 5, 9, 7, 1)
    const edges = messageEdges(graph, 'NATURAL', { ...alike, features, featureCount: 2 })
    expect(messagesOf(edges)).toEqual([
      [0, 1, 5, 9],
      [0, 1, 7, 1],
      [0, 1, 7, 1],
    ])
    expect(edges.parallelEdges).toBe(0)
    const weighted = messageEdges(graph, 'REVERSE', { ...weights(1, 2, 3), features, featureCount: 2 })
    expect(messagesOf(weighted)).toEqual([
      [1, 0, 2, 5, 9],
      [1, 0, 1, 7, 1],
      [1, 0, 3, 7, 1],
    ])
  })

  it('reads the values of edges that are no self-loops, and counts those', () => {
    const { graph } = subgraphOf(blank(2), ['aa', 'ab', 'bb'])
    const edges = messageEdges(graph, 'NATURAL', weights(4))
    expect(messagesOf(edges)).toEqual([[0, 1, 4]])
    expect(edges.selfLoops).toBe(2)
  })

  it('sends the weight of an undirected edge both ways in any orientation', () => {
    const { graph } = subgraphOf(blank(3), ['ab'])
    graph.addUndirectedEdge('b', 'c')
    expect(messagesOf(messageEdges(graph, 'NATURAL', weights(2, 3)))).toEqual([
      [0, 1, 2],
      [2, 1, 3],
      [1, 2, 3],
    ])
  })

  const anyEdges = fc.array(
    fc.record({
      ends: fc.constantFrom('ab', 'ba', 'ac', 'bc', 'cd', 'dd', 'da'),
      weight: fc.integer({ min: 1, max: 3 }),
      type: fc.nat(1),
      feature: fc.nat(2),
    }),
    { maxLength: 16 },
  )
  const orientation = fc.constantFrom('NATURAL', 'REVERSE', 'UNDIRECTED')
  type Edge = { ends: string; weight: number; type: number; feature: number }
  const without = (edges: readonly Edge[]) => edges.filter(({ ends }) => ends !== 'dd')
  const graphOf = (edges: readonly Edge[]): Subgraph['graph'] =>
    subgraphOf(
      blank(4),
      edges.map(({ ends }) => ends),
    ).graph
  const valuesOf = (edges: readonly Edge[], kind: 'weight' | 'type' | 'feature'): EdgeValues => {
    const numbers = Float32Array.from(without(edges), (edge) => edge[kind])
    if (kind === 'weight') return { ...alike, weight: numbers }
    if (kind === 'type') return { ...alike, type: Int32Array.from(numbers), typeCount: 2 }
    return { ...alike, features: numbers, featureCount: 1 }
  }

  it('does not depend on the order of the edges', () => {
    fc.assert(
      fc.property(anyEdges, orientation, fc.constantFrom('weight', 'type', 'feature'), (edges, o, kind) => {
        const turned = edges.toReversed()
        expect(messageEdges(graphOf(turned), o, valuesOf(turned, kind))).toEqual(
          messageEdges(graphOf(edges), o, valuesOf(edges, kind)),
        )
      }),
    )
  })

  it('takes an edge of weight 2 or 3 for so many parallel edges of weight 1', () => {
    fc.assert(
      fc.property(anyEdges, orientation, (edges, o) => {
        const single = edges.flatMap((edge) => Array.from({ length: edge.weight }, () => ({ ...edge, weight: 1 })))
        const loops = single.length - without(single).length
        expect(messageEdges(graphOf(single), o, valuesOf(single, 'weight'))).toEqual({
          ...messageEdges(graphOf(edges), o, valuesOf(edges, 'weight')),
          selfLoops: loops,
        })
      }),
    )
  })

  it('gives edges that all weigh 1, without parallel ones, as it does without weights', () => {
    const { graph } = subgraphOf(blank(3), ['ab', 'bc', 'ca'])
    expect({ ...messageEdges(graph, 'UNDIRECTED', weights(1, 1, 1)), weight: null }).toEqual(
      messageEdges(graph, 'UNDIRECTED'),
    )
  })
})

describe('degreesOf()', () => {
  it('counts a neighbour once, however many edges there are to it', () => {
    const { graph } = subgraphOf(blank(3), ['ab', 'ab', 'ab', 'ac'])
    const plain = degreesOf(messageEdges(graph, 'UNDIRECTED'), 3)
    expect([...plain]).toEqual([2, 1, 1])
    expect(degreesOf(messageEdges(graph, 'UNDIRECTED', types(0, 1, 2, 0)), 3)).toEqual(plain)
    const features = { ...alike, features: Float32Array.of(1, 1, 2, 1), featureCount: 1 }
    expect(degreesOf(messageEdges(graph, 'UNDIRECTED', features), 3)).toEqual(plain)
  })
})
