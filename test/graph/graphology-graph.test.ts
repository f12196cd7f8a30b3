import fc from 'fast-check'
import { MultiGraph, UndirectedGraph } from 'graphology'
import { describe, expect, it } from 'vitest'
import { type GraphologyGraph, graphSource, propertyValueOf } from '../../src/graph/graphology-graph.ts'

const reading = { key: 'g', target: null, nodeAttributes: [], edgeAttributes: [] }
const amount = (attribute: string) => ({ attribute, isCategory: false })
const category = (attribute: string) => ({ attribute, isCategory: true })

/** [node, values] of each node in the view's order. */
function nodesOf(graph: GraphologyGraph, ...nodeAttributes: { attribute: string; isCategory: boolean }[]) {
  const nodes: [string, readonly unknown[]][] = []
  graphSource(graph, { ...reading, nodeAttributes }).graph.forEachNode((node, { key, values }) => {
    expect(key).toBe(node)
    nodes.push([node, values])
  })
  return nodes
}

describe('graphSource()', () => {
  it('reads the wanted attributes of nodes, null where one is missing', () => {
    const graph = new MultiGraph()
    graph.addNode('a', { element: 'C', charge: 0.5, other: 1 })
    graph.addNode('b', { charge: -1 })
    expect(nodesOf(graph, category('element'), amount('charge'))).toEqual([
      ['a', ['C', 0.5]],
      ['b', [null, -1]],
    ])
  })

  it('reads no attribute that an object merely inherits', () => {
    const graph = new MultiGraph()
    graph.addNode('a', {})
    expect(nodesOf(graph, category('constructor'), category('toString'), category('__proto__'))).toEqual([
      ['a', [null, null, null]],
    ])
  })

  it('reads the attributes and ends of edges, and tells undirected ones', () => {
    const graph = new MultiGraph({ type: 'mixed' })
    graph.addNode(2)
    graph.addNode(1)
    graph.addDirectedEdge(2, 1, { bond: 2, distance: 1.5 })
    graph.addUndirectedEdge(1, 2, { bond: 1 })
    const edges: unknown[] = []
    const edgeAttributes = [category('bond'), amount('distance')]
    const { graph: view } = graphSource(graph, { ...reading, edgeAttributes })
    view.forEachEdge((_edge, { values }, source, target, _source, _target, undirected) => {
      edges.push([source, target, undirected, values])
    })
    expect(edges).toEqual([
      ['2', '1', false, [2n, 1.5]],
      ['1', '2', true, [1n, null]],
    ])
    expect({ order: view.order, size: view.size, type: view.type }).toEqual({ order: 2, size: 2, type: 'mixed' })
  })

  it('puts nodes into the same order however they were added', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), (keys) => {
        const graphOf = (order: string[]) => {
          const graph = new UndirectedGraph()
          for (const key of order) graph.addNode(key)
          return graph
        }
        const nodes = nodesOf(graphOf(keys)).map(([node]) => node)
        expect(nodes).toEqual(nodesOf(graphOf(keys.toReversed())).map(([node]) => node))
        expect(new Set(nodes)).toEqual(new Set(keys))
      }),
    )
  })

  it('takes graphs with attributes of any type', () => {
    interface Atom {
      element: string
    }
    const graphs: GraphologyGraph[] = [
      new UndirectedGraph<{ element: string }, { distance: number }, { toxic: boolean }>(),
      new MultiGraph<Atom & { [name: string]: unknown }>(),
    ]
    expect(graphs.map(({ order }) => order)).toEqual([0, 0])
  })
})

describe('propertyValueOf()', () => {
  it('makes integers INTEGERs where they stand for categories, and leaves them numbers where they are amounts', () => {
    expect(propertyValueOf(6, true)).toBe(6n)
    expect(propertyValueOf(6, false)).toBe(6)
    expect(propertyValueOf([1, 2.5], true)).toEqual([1n, 2.5])
    expect(propertyValueOf(2 ** 53, true)).toBe(2 ** 53)
  })

  it('keeps text, booleans and big integers, and reads typed arrays as lists', () => {
    expect(['6', true, 6n].map((value) => propertyValueOf(value, true))).toEqual(['6', true, 6n])
    expect(propertyValueOf(Float32Array.of(0.5, 2), false)).toEqual([0.5, 2])
    expect(propertyValueOf([[1], null], false)).toEqual([[1], null])
  })

  it('names the kind of values that cannot be encoded', () => {
    expect(propertyValueOf(undefined, true)).toBeNull()
    expect(propertyValueOf(new Date(0), true)).toEqual({ type: 'an object (Date)' })
    expect(propertyValueOf({ x: 1 }, true)).toEqual({ type: 'an object (Object)' })
    expect(propertyValueOf(Object.create(null), true)).toEqual({ type: 'an object (Object)' })
    expect(propertyValueOf(() => 1, true)).toEqual({ type: 'a function' })
    expect(propertyValueOf(new DataView(new ArrayBuffer(1)), true)).toEqual({ type: 'an object (DataView)' })
  })
})
