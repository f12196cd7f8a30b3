import { describe, expect, it } from 'vitest'
import type { DegreeFeature, FeatureProperty } from '../../src/config/schema.ts'
import { ConfigError, SourceDataError } from '../../src/errors.ts'
import { createFeatureFitter, fitFeatures } from '../../src/graph/features.ts'
import type { Subgraph } from '../../src/graph/subgraph.ts'
import { nodeAttributes } from '../../src/graph/vocabulary.ts'
import { blank, subgraphOf } from './subgraphs.ts'

const auto = (property: string): FeatureProperty => ({ property, encoding: 'auto' })

function schemaOf(subgraphs: Subgraph[], featureProperties: FeatureProperty[], degreeFeature: DegreeFeature = 'none') {
  return fitFeatures(subgraphs, { featureProperties, degreeFeature, orientation: 'UNDIRECTED' })
}

describe('fitFeatures()', () => {
  it('gives text and booleans a column per value, in a fixed order', async () => {
    const schema = await schemaOf(
      [
        subgraphOf([['shop', true]]),
        subgraphOf([
          ['bank', false],
          ['shop', true],
        ]),
      ],
      [auto('kind'), auto('active')],
    )
    expect(schema).toEqual({
      featureCount: 4,
      groups: [
        { kind: 'oneHot', property: 'kind', categories: ['bank', 'shop'] },
        { kind: 'oneHot', property: 'active', categories: [false, true] },
      ],
    })
  })

  it('sorts text by code point and integers by value', async () => {
    const schema = await schemaOf(
      [
        subgraphOf([
          ['\u{1F600}', 10n],
          ['\uFF01', 9n],
          ['Z', -1n],
          ['a', 9n],
        ]),
      ],
      [auto('text'), { property: 'code', encoding: 'oneHot' }],
    )
    expect(schema.groups).toEqual([
      { kind: 'oneHot', property: 'text', categories: ['Z', 'a', '\uFF01', '\u{1F600}'] },
      { kind: 'oneHot', property: 'code', categories: [-1n, 9n, 10n] },
    ])
  })

  it('standardises integers and floats together by population mean and deviation over all graphs', async () => {
    const schema = await schemaOf([subgraphOf([[1n], [2]]), subgraphOf([[6]])], [auto('amount')])
    // mean 3, squared deviations 4 + 1 + 9 = 14 over 3 values
    expect(schema.groups).toEqual([
      { kind: 'standardize', property: 'amount', list: false, mean: [3], std: [Math.sqrt(14 / 3)] },
    ])
  })

  it('standardises each component of a numeric list, and divides a constant by 1', async () => {
    const schema = await schemaOf([subgraphOf([[[1, 5n]], [[3, 5n]]])], [auto('position')])
    expect(schema).toEqual({
      featureCount: 2,
      groups: [{ kind: 'standardize', property: 'position', list: true, mean: [2, 5], std: [1, 1] }],
    })
  })

  it('leaves numbers as they are with the encoding none', async () => {
    const schema = await schemaOf(
      [subgraphOf([[0.5, [1, 2, 3]]])],
      [
        { property: 'share', encoding: 'none' },
        { property: 'vector', encoding: 'none' },
      ],
    )
    expect(schema).toEqual({
      featureCount: 4,
      groups: [
        { kind: 'none', property: 'share', list: false, length: 1 },
        { kind: 'none', property: 'vector', list: true, length: 3 },
      ],
    })
  })

  it('uses the degree of its own accord only where there are no feature properties', async () => {
    const star = subgraphOf(blank(4), ['ab', 'ac', 'ad', 'da'])
    expect(await schemaOf([star], [], 'auto')).toEqual({
      featureCount: 4,
      groups: [{ kind: 'degreeOneHot', maxDegree: 3 }],
    })
    const labelled = subgraphOf([['x'], ['y']], ['ab'])
    expect((await schemaOf([labelled], [auto('kind')], 'auto')).featureCount).toBe(2)
    expect((await schemaOf([labelled], [auto('kind')], 'oneHot')).featureCount).toBe(4)
  })

  it('standardises the degree from a largest degree of 1000 on', async () => {
    const star = (leaves: number) => {
      const subgraph = subgraphOf(blank(0))
      for (let v = 0; v <= leaves; v++) subgraph.graph.addNode(String(v), { key: String(v), values: [] })
      for (let v = 1; v <= leaves; v++) subgraph.graph.addDirectedEdge('0', String(v))
      return subgraph
    }
    expect((await schemaOf([star(999)], [], 'auto')).groups).toEqual([{ kind: 'degreeOneHot', maxDegree: 999 }])
    const [group] = (await schemaOf([star(1000)], [], 'auto')).groups
    expect(group).toMatchObject({ kind: 'degreeStandardize', mean: expect.closeTo(2000 / 1001, 12) })
  })

  it('takes asynchronous streams', async () => {
    async function* stream() {
      yield subgraphOf([['a']])
      yield subgraphOf([['b']])
    }
    const schema = await fitFeatures(stream(), {
      featureProperties: [auto('kind')],
      degreeFeature: 'none',
      orientation: 'NATURAL',
    })
    expect(schema.featureCount).toBe(2)
  })

  it('names the property and up to five members with missing or non-finite numbers, from all graphs', async () => {
    const graphs = [
      subgraphOf([[1], [null], [null]], [], { key: 3n }),
      subgraphOf([[null], [null], [Number.NaN], [null], [null]], [], { key: 'x' }),
    ]
    await expect(schemaOf(graphs, [auto('balance')])).rejects.toThrow(
      new SourceDataError(
        "Cannot encode property 'balance': expected finite numbers, or numeric lists of one length, got null at members b, c of graph 3 and a, b, d of graph x, 6 in all; NaN at member c of graph x. Give those members a value, or take the property out of featureProperties",
      ),
    )
  })

  it.each([
    ['mixed types', [['a'], [1n]], 'expected values of one type'],
    ['infinite numbers', [[1], [Number.POSITIVE_INFINITY]], 'got Infinity at member b of graph g'],
    ['numbers beyond single precision', [[1], [1e39]], 'got a number beyond single precision at member b'],
    ['lists of varying length', [[[1, 2]], [[1]]], 'got a LIST of 2 at member a of graph g; a LIST of 1 at member b'],
    ['empty lists', [[[]]], 'got an empty LIST at member a'],
    ['lists of text', [[['a']]], 'got a LIST with STRING in it at member a'],
    ['types that are no features', [[{ type: 'POINT' }]], 'got POINT at member a'],
    ['values that no member has', [[null]], 'got null at member a'],
  ])('refuses %s', async (_name, rows, message) => {
    const fitting = schemaOf([subgraphOf(rows)], [auto('p')])
    await expect(fitting).rejects.toThrow(SourceDataError)
    await expect(fitting).rejects.toThrow(message)
  })

  it('refuses floats as categories, and text as numbers', async () => {
    await expect(schemaOf([subgraphOf([[0.5]])], [{ property: 'p', encoding: 'oneHot' }])).rejects.toThrow(
      'expected STRING, INTEGER or BOOLEAN values of one type for a one-hot encoding, got FLOAT at member a of graph g',
    )
    await expect(schemaOf([subgraphOf([['x']])], [{ property: 'p', encoding: 'standardize' }])).rejects.toThrow(
      'expected finite numbers, or numeric lists of one length, got STRING at member a of graph g',
    )
  })

  it('calls properties what the caller calls them', () => {
    const fitter = createFeatureFitter({
      featureProperties: [auto('charge')],
      degreeFeature: 'none',
      orientation: 'NATURAL',
      vocabulary: nodeAttributes,
    })
    fitter.add(subgraphOf([[1], [null]]))
    expect(() => fitter.finish()).toThrow(
      "Cannot encode node attribute 'charge': expected finite numbers, or numeric lists of one length, got null at node b of graph g. Give those nodes a value, or take the attribute out of nodeFeatures",
    )
  })

  it('lists the problems of all properties', async () => {
    await expect(schemaOf([subgraphOf([[null, null]])], [auto('p'), auto('q')])).rejects.toThrow(/'p'.*\n.*'q'/)
  })

  it('refuses a one-hot column for more than a thousand values', async () => {
    const names = Array.from({ length: 1001 }, (_, i) => [`name ${i}`])
    await expect(schemaOf([subgraphOf(names)], [auto('name')])).rejects.toThrow('at most 1000 different values')
  })

  it('refuses to have no features at all', () => {
    expect(() => createFeatureFitter({ featureProperties: [], degreeFeature: 'none', orientation: 'NATURAL' })).toThrow(
      ConfigError,
    )
  })
})
