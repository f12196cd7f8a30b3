import { describe, expect, it } from 'vitest'
import { isListed } from '../../src/viewer/page/graph-source.ts'
import { isFaded } from '../../src/viewer/page/node-look.ts'
import { byMask, initialState, maskOf, nameOf, scaleOf, shownValue } from '../../src/viewer/page/view-state.ts'
import { cypherText } from '../../src/viewer/page/what-if.ts'
import { allGraphs, type GraphEntry } from '../../src/viewer/viewer-api.ts'
import { chainGraph } from '../support/viewed-graphs.ts'

const state = initialState(chainGraph(5), false)
const newcomer = { key: 'new', labels: [], masks: [], properties: {}, truth: null }

describe('the state of a view', () => {
  it('orders nodes by the mask of the layer in front, newcomers without masks last', () => {
    expect(byMask({ ...state, layer: 0 })).toEqual([4, 3, 2, 1, 0])
    expect(byMask({ ...state, layer: 1 })).toEqual([0, 1, 2, 3, 4])
    const grown = { ...state.graph, nodes: [newcomer, ...state.graph.nodes] }
    expect(byMask({ ...state, graph: grown, layer: 0 })).toEqual([5, 4, 3, 2, 1, 0])
    expect(isFaded({ ...state, graph: grown }, 0, 0)).toBe(false)
  })

  it('colours over the masks that there are, or from 0 to 1', () => {
    const graph = chainGraph(3, {
      nodes: chainGraph(3).nodes.map((node) => ({ ...node, masks: node.masks.map((mask) => 0.4 + mask / 10) })),
    })
    const [low, high] = scaleOf({ graph, whatIf: null, isStretched: true })
    expect(low).toBeCloseTo(0.4)
    expect(high).toBeCloseTo(0.5)
    expect(scaleOf({ graph, whatIf: null, isStretched: false })).toEqual([0, 1])
    const equal = chainGraph(2, { nodes: chainGraph(2).nodes.map((node) => ({ ...node, masks: [0.5] })) })
    expect(scaleOf({ graph: equal, whatIf: null, isStretched: true })).toEqual([0, 1])
  })

  it('takes the masks of a what-if where there is one', () => {
    const whatIf = {
      without: ['e'],
      prediction: 'false',
      probabilities: [],
      masks: { a: [0.9, 0.8] },
      asItIs: 'true',
      model: 'm:1',
    }
    expect(maskOf({ graph: state.graph, whatIf }, 0, 1)).toBe(0.8)
    expect(maskOf({ graph: state.graph, whatIf }, 1, 1)).toBeNull()
  })

  it('names nodes by their key or a property', () => {
    expect(nameOf({ ...state, naming: 'key' }, 2)).toBe('c')
    expect(nameOf({ ...state, naming: 'property:amount' }, 2)).toBe('2')
    expect(nameOf({ ...state, naming: '' }, 2)).toBe('')
    expect(shownValue('x'.repeat(300))).toBe(`${'x'.repeat(200)} …`)
    expect(shownValue([1, 2])).toBe('[1,2]')
  })
})

describe('isListed()', () => {
  const entry: GraphEntry = { key: 'C-17', prediction: 'true', probability: 0.8, target: false }
  it.each([
    [{ search: '-1' }, true],
    [{ search: '-2' }, false],
    [{ prediction: 'true' }, true],
    [{ prediction: 'false' }, false],
    [{ minProbability: 0.8, maxProbability: 0.8 }, true],
    [{ minProbability: 0.81 }, false],
    [{ disagreeing: true }, true],
  ])('with %j says %s', (filter, isIn) => {
    expect(isListed(entry, { ...allGraphs, ...filter })).toBe(isIn)
  })

  it('has graphs without a target disagree with nothing', () => {
    expect(isListed({ ...entry, target: null }, { ...allGraphs, disagreeing: true })).toBe(false)
    expect(isListed({ ...entry, target: true }, { ...allGraphs, disagreeing: true })).toBe(false)
  })
})

describe('cypherText()', () => {
  it('quotes keys for Cypher and for the shell', () => {
    const graph = chainGraph(2, { key: "it's \\ 1", cypher: 'RETURN $key, $without' })
    expect(cypherText(graph, ["a'b", 'c'])).toBe(`:param key => 'it\\'s \\\\ 1';
:param without => ['a\\'b', 'c'];
RETURN $key, $without

// what is predicted without them:
// smg score 'it'\\''s \\ 1' --without 'a'\\''b,c'`)
  })
})
