import { describe, expect, it } from 'vitest'
import { SourceDataError } from '../../src/errors.ts'
import { createEdgeFitter, type EdgeOptions } from '../../src/graph/edge-fitter.ts'
import { edgeAttributes } from '../../src/graph/vocabulary.ts'
import { graphWithEdges } from './graphs-with-edges.ts'

const nothing: EdgeOptions = { edgeWeight: null, edgeType: null, edgeFeatures: [] }

function schemaOf(options: Partial<EdgeOptions>, ...graphs: Parameters<typeof graphWithEdges>[0][]) {
  const fitter = createEdgeFitter({ ...nothing, ...options, vocabulary: edgeAttributes })
  for (const edges of graphs) fitter.add(graphWithEdges(edges))
  return fitter.finish()
}

describe('createEdgeFitter()', () => {
  it('has no schema where edges are all alike', () => {
    expect(schemaOf({}, { ab: [] })).toBeUndefined()
  })

  it('fixes the types of all graphs in their order, and remembers the weight', () => {
    expect(
      schemaOf(
        { edgeWeight: 'w', edgeType: 'bond' },
        { ab: [1, 'single'], bc: [1, 'double'] },
        { ab: [2, 'aromatic'] },
      ),
    ).toEqual({ weight: 'w', type: { property: 'bond', categories: ['aromatic', 'double', 'single'] }, features: [] })
    expect(schemaOf({ edgeType: 'order' }, { ab: [10n], bc: [2n] })?.type?.categories).toEqual([2n, 10n])
  })

  it('standardises numbers, one-hot encodes text, or leaves numbers as they are', () => {
    const edgeFeatures = [
      { property: 'distance', encoding: 'auto' },
      { property: 'bond', encoding: 'auto' },
      { property: 'angle', encoding: 'none' },
    ] as const
    expect(schemaOf({ edgeFeatures }, { ab: [1, 's', 5], bc: [3, 'd', 6] })).toEqual({
      weight: null,
      type: null,
      features: [
        { kind: 'standardize', property: 'distance', list: false, mean: [2], std: [1] },
        { kind: 'oneHot', property: 'bond', categories: ['d', 's'] },
        { kind: 'none', property: 'angle', list: false, length: 1 },
      ],
    })
  })

  it('does not ask self-loops for values', () => {
    expect(schemaOf({ edgeType: 'bond' }, { aa: [null], ab: ['single'] })?.type?.categories).toEqual(['single'])
  })

  it('names attribute, edges and graph of values that are missing or mixed', () => {
    const fit = () => schemaOf({ edgeType: 'bond' }, { ab: ['single'], bc: [null], ca: [null] })
    expect(fit).toThrow(SourceDataError)
    expect(fit).toThrow(
      "Cannot encode edge attribute 'bond': expected STRING, INTEGER or BOOLEAN values of one type for a one-hot encoding, got null at edges b -> c, c -> a of graph g. Give those edges a value, or leave edgeType out",
    )
    const edgeFeatures = [{ property: 'distance', encoding: 'standardize' }] as const
    expect(() => schemaOf({ edgeFeatures }, { ab: ['far'] })).toThrow(
      "Cannot encode edge attribute 'distance': expected finite numbers, or numeric lists of one length, got STRING at edge a -> b of graph g. Give those edges a value, or take the attribute out of edgeFeatures",
    )
  })

  it('refuses types where no graph has an edge', () => {
    expect(() => schemaOf({ edgeType: 'bond' }, {})).toThrow('got no edges at all')
  })
})
