import fc from 'fast-check'
import { DirectedGraph, UndirectedGraph } from 'graphology'
import { describe, expect, it } from 'vitest'
import { SourceDataError } from '../../src/errors.ts'
import type { EdgeSchema } from '../../src/graph/edge-schema.ts'
import { encodeGraph } from '../../src/graph/encode.ts'
import { createFeatureSchema, type FeatureGroup } from '../../src/graph/feature-schema.ts'
import type { MemberAttributes, PropertyValue } from '../../src/graph/subgraph.ts'
import { edgeAttributes, nodeAttributes } from '../../src/graph/vocabulary.ts'
import { graphWithEdges } from './graphs-with-edges.ts'
import { blank, subgraphOf } from './subgraphs.ts'

const degreeSchema = createFeatureSchema([{ kind: 'degreeOneHot', maxDegree: 2 }])
const pairs = ({ source, target }: { source: Int32Array; target: Int32Array }) =>
  [...source].map((u, e) => [u, target[e]])

describe('encodeGraph()', () => {
  it('sends messages along, against or both ways of a relationship', () => {
    const chain = subgraphOf(blank(3), ['ab', 'bc'])
    const edgesAt = (orientation: 'NATURAL' | 'REVERSE' | 'UNDIRECTED') =>
      pairs(encodeGraph(chain, degreeSchema, { orientation }).encoded)
    expect(edgesAt('NATURAL')).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(edgesAt('REVERSE')).toEqual([
      [1, 0],
      [2, 1],
    ])
    expect(edgesAt('UNDIRECTED')).toEqual([
      [1, 0],
      [0, 1],
      [2, 1],
      [1, 2],
    ])
  })

  it('drops parallel edges and self-loops, and counts them', () => {
    const multi = subgraphOf(blank(2), ['ab', 'ab', 'ba', 'aa', 'bb'])
    const undirected = encodeGraph(multi, degreeSchema, { orientation: 'UNDIRECTED' })
    expect(pairs(undirected.encoded)).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect(undirected.dropped).toEqual({ parallelEdges: 2, selfLoops: 2 })
    const natural = encodeGraph(multi, degreeSchema, { orientation: 'NATURAL' })
    expect(pairs(natural.encoded)).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect(natural.dropped).toEqual({ parallelEdges: 1, selfLoops: 2 })
  })

  it('reads undirected edges of a graph both ways in any orientation', () => {
    const mixed = subgraphOf(blank(3), ['ab'])
    mixed.graph.addUndirectedEdge('b', 'c')
    expect(pairs(encodeGraph(mixed, degreeSchema, { orientation: 'NATURAL' }).encoded)).toEqual([
      [0, 1],
      [2, 1],
      [1, 2],
    ])
    const undirected = new UndirectedGraph<MemberAttributes>()
    undirected.addNode('x', { key: 'x', values: [] })
    undirected.addNode('y', { key: 'y', values: [] })
    undirected.addEdge('y', 'x')
    const subgraph = { key: 'g', target: null, graph: undirected }
    expect(pairs(encodeGraph(subgraph, degreeSchema, { orientation: 'REVERSE' }).encoded)).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  it('gives the same arrays whatever the order of the relationships', () => {
    const edge = fc.constantFrom('ab', 'ba', 'ac', 'bc', 'cd', 'dd', 'da')
    fc.assert(
      fc.property(
        fc.array(edge, { maxLength: 20 }),
        fc.constantFrom('NATURAL', 'REVERSE', 'UNDIRECTED'),
        (edges, o) => {
          const encode = (order: string[]) => encodeGraph(subgraphOf(blank(4), order), degreeSchema, { orientation: o })
          expect(encode([...edges].reverse())).toEqual(encode(edges))
        },
      ),
    )
  })

  it('writes categories, standardised numbers, lists and degrees side by side', () => {
    const groups: FeatureGroup[] = [
      { kind: 'oneHot', property: 'kind', categories: ['bank', 'shop'] },
      { kind: 'standardize', property: 'amount', list: false, mean: [10], std: [2] },
      { kind: 'none', property: 'position', list: true, length: 2 },
      { kind: 'degreeOneHot', maxDegree: 1 },
      { kind: 'degreeStandardize', mean: 1, std: 0.5 },
    ]
    const subgraph = subgraphOf(
      [
        ['shop', 14, [1, 2]],
        ['bank', 9n, [3n, 4]],
        ['shop', 10, [0, 0]],
      ],
      ['ab', 'ac'],
    )
    const { encoded } = encodeGraph(subgraph, createFeatureSchema(groups), { orientation: 'UNDIRECTED' })
    expect(encoded.featureCount).toBe(8)
    expect([...encoded.x]).toEqual([
      ...[0, 1, 2, 1, 2, 0, 1, 2], // two neighbours share the last degree column
      ...[1, 0, -0.5, 3, 4, 0, 1, 0],
      ...[0, 1, 0, 0, 0, 0, 1, 0],
    ])
    expect(encoded.nodeKeys).toEqual(['a', 'b', 'c'])
  })

  it('leaves the columns of a category unseen in training empty, and counts it', () => {
    const schema = createFeatureSchema([{ kind: 'oneHot', property: 'kind', categories: ['bank', 'shop'] }])
    const result = encodeGraph(subgraphOf([['casino'], ['shop']]), schema, { orientation: 'NATURAL' })
    expect([...result.encoded.x]).toEqual([0, 0, 0, 1])
    expect(result.unseenCategories).toBe(1)
  })

  it.each([
    [
      { kind: 'oneHot', property: 'p', categories: ['1'] } as const,
      1n,
      'expected a STRING as in training, got INTEGER',
    ],
    [
      { kind: 'oneHot', property: 'p', categories: [1n] } as const,
      null,
      'expected an INTEGER as in training, got null',
    ],
    [
      { kind: 'none', property: 'p', list: false, length: 1 } as const,
      [1],
      'a finite number as in training, got a LIST',
    ],
    [{ kind: 'none', property: 'p', list: true, length: 2 } as const, [1], 'a LIST of 2 finite numbers as in training'],
    [{ kind: 'none', property: 'p', list: false, length: 1 } as const, Number.NaN, 'got NaN at member a of graph g'],
  ])('refuses values that do not fit %o', (group, value, message) => {
    const encode = () => encodeGraph(subgraphOf([[value]]), createFeatureSchema([group]), { orientation: 'NATURAL' })
    expect(encode).toThrow(SourceDataError)
    expect(encode).toThrow(message)
  })

  it('turns the target into a class index, and into null where it is missing or unknown', () => {
    const yOf = (target: string | bigint | boolean | null, classes: (string | bigint | boolean)[]) =>
      encodeGraph(subgraphOf(blank(1), [], { target }), degreeSchema, { orientation: 'NATURAL', classes }).encoded.y
    expect(yOf(false, [false, true])).toBe(0)
    expect(yOf(1n, [-1n, 1n])).toBe(1)
    expect(yOf('1', [-1n, 1n])).toBeNull()
    expect(yOf(null, ['a', 'b'])).toBeNull()
  })

  it('refuses a graph without members', () => {
    const empty = { key: 7n, target: null, graph: new DirectedGraph<MemberAttributes>() }
    expect(() => encodeGraph(empty, degreeSchema, { orientation: 'NATURAL' })).toThrow(
      new SourceDataError('Cannot encode graph 7: expected at least one member, got none'),
    )
    expect(() => encodeGraph(empty, degreeSchema, { orientation: 'NATURAL', vocabulary: nodeAttributes })).toThrow(
      new SourceDataError('Cannot encode graph 7: expected at least one node, got none'),
    )
  })

  it('calls properties what the caller calls them', () => {
    const schema = createFeatureSchema([{ kind: 'none', property: 'charge', list: false, length: 1 }])
    const options = { orientation: 'NATURAL', vocabulary: nodeAttributes } as const
    expect(() => encodeGraph(subgraphOf([[1], [null], ['x']]), schema, options)).toThrow(
      "Cannot encode node attribute 'charge': expected a finite number as in training, got null at node b of graph g; STRING at node c of graph g. Give those nodes such a value, or take the attribute out of nodeFeatures and train anew",
    )
  })
})

describe('encodeGraph() with an edge schema', () => {
  const none: EdgeSchema = { weight: null, type: null, features: [] }
  const encode = (edges: Readonly<Record<string, readonly PropertyValue[]>>, schema: Partial<EdgeSchema>) =>
    encodeGraph(graphWithEdges(edges), degreeSchema, {
      orientation: 'NATURAL',
      edgeSchema: { ...none, ...schema },
      edgeVocabulary: edgeAttributes,
    })

  it('gives weights, and no types or features', () => {
    const { encoded } = encode({ ab: [0.5], bc: [-2] }, { weight: 'w' })
    expect(pairs(encoded)).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(encoded.edgeWeight).toEqual(Float32Array.of(0.5, -2))
    expect(encoded).toMatchObject({ typeCount: 1, edgeType: null, edgeFeatureCount: 0, edgeFeatures: null })
  })

  it('gives the type of each edge as its position among those of training', () => {
    const type = { property: 'bond', categories: ['double', 'single'] }
    const { encoded, dropped } = encode({ ab: ['single'], "ab'": ['double'], 'ab"': ['single'] }, { type })
    expect(pairs(encoded)).toEqual([
      [0, 1],
      [0, 1],
    ])
    expect(encoded).toMatchObject({ typeCount: 2, edgeType: Int32Array.of(0, 1), edgeWeight: null })
    expect(dropped.parallelEdges).toBe(1)
  })

  it('gives a row of features for each edge, after its weight', () => {
    const features: EdgeSchema['features'] = [
      { kind: 'standardize', property: 'distance', list: false, mean: [1], std: [2] },
      { kind: 'oneHot', property: 'bond', categories: ['double', 'single'] },
    ]
    const result = encode({ bc: [4, 5, 'single'], ab: [3, 1, 'triple'] }, { weight: 'w', features })
    expect(result.encoded).toMatchObject({
      edgeWeight: Float32Array.of(3, 4),
      edgeFeatureCount: 3,
      edgeFeatures: Float32Array.of(...[0, 0, 0], ...[2, 0, 1]),
    })
    expect(result.unseenCategories).toBe(1)
  })

  it('has arrays of no edges for a graph without', () => {
    const features: EdgeSchema['features'] = [{ kind: 'none', property: 'distance', list: false, length: 1 }]
    const { encoded } = encode({}, { features })
    expect(encoded).toMatchObject({ edgeFeatureCount: 1, edgeFeatures: new Float32Array(0) })
  })

  it.each([
    [
      'a missing weight',
      { ab: [null] },
      { weight: 'w' },
      "Cannot encode edge attribute 'w': expected a finite number as in training, got null at edge a -> b of graph g. Give those edges such a value, or leave edgeWeight out and train anew",
    ],
    ['a weight that is no number', { ab: ['2'] }, { weight: 'w' }, 'got STRING at edge a -> b of graph g'],
    ['an infinite weight', { ab: [Number.POSITIVE_INFINITY] }, { weight: 'w' }, 'got Infinity at edge a -> b'],
    [
      'weights whose sum is too large',
      { ab: [3e38], "ab'": [3e38] },
      { weight: 'w' },
      'expected weights of parallel edges with a sum within single precision',
    ],
    [
      'a type that no training graph had',
      { ab: ['single'], bc: ['triple'], ca: ['triple'] },
      { type: { property: 'bond', categories: ['double', 'single'] } },
      "Cannot encode edge attribute 'bond': expected a STRING, one of 'double', 'single' as in training, got the unknown type 'triple' at edges b -> c, c -> a of graph g. Give those edges such a value, or leave edgeType out and train anew",
    ],
    [
      'a missing type',
      { ab: [null] },
      { type: { property: 'bond', categories: [1n] } },
      "expected an INTEGER, one of '1' as in training, got null at edge a -> b of graph g",
    ],
    [
      'a missing feature',
      { ab: [null] },
      { features: [{ kind: 'none', property: 'distance', list: false, length: 1 }] },
      "Cannot encode edge attribute 'distance': expected a finite number as in training, got null at edge a -> b",
    ],
  ] satisfies [string, Record<string, PropertyValue[]>, Partial<EdgeSchema>, string][])(
    'refuses %s',
    (_what, edges, schema, message) => {
      expect(() => encode(edges, schema)).toThrow(SourceDataError)
      expect(() => encode(edges, schema)).toThrow(message)
    },
  )
})
