import { describe, expect, it } from 'vitest'
import { maskColour } from '../../src/viewer/mask-colour.ts'
import { maskPicture } from '../../src/viewer/mask-picture.ts'
import { viewedGraph, viewedNode } from '../support/viewed-graphs.ts'

/** Title and colour of each node, column by column. */
function drawnMasks(svg: string): readonly (readonly (readonly [title: string, fill: string])[])[] {
  return svg
    .split('<use ')
    .slice(1)
    .map((column) =>
      Array.from(
        column.matchAll(/fill="(#\w+)"[^>]*><title>([^<]*)<\/title>/g),
        ([, fill = '', title = '']) => [title, fill] as const,
      ).sort(),
    )
}
const placesOf = (svg: string, key: string) =>
  Array.from(svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)"[^>]*><title>(\w+)/g), ([, x, y, of]) => ({ x, y, of }))
    .filter(({ of }) => of === key)
    .map(({ x, y }) => `${x},${y}`)
const textOf = (svg: string) => svg.replace(/<style>.*?<\/style>|<[^>]*>/gs, ' ').replace(/\s+/g, ' ')

describe('maskPicture()', () => {
  it("draws every node in every layer, in the colour of that layer's mask", () => {
    const colour = (mask: number) => maskColour(mask, 'light')
    expect(drawnMasks(maskPicture([viewedGraph()]))).toEqual([
      [
        ['a: 0.000', colour(0)],
        ['b: 0.500', colour(0.5)],
        ['c: 1.000', colour(1)],
      ],
      [
        ['a: 1.000', colour(1)],
        ['b: 0.500', colour(0.5)],
        ['c: 0.000', colour(0)],
      ],
    ])
  })

  it('has a node in the same place in all layers', () => {
    const svg = maskPicture([viewedGraph()])
    for (const key of ['a', 'b', 'c']) {
      const places = placesOf(svg, key)
      expect(places).toHaveLength(2)
      expect(new Set(places).size).toBe(1)
    }
  })

  it('gives the same bytes for the same graph', () => {
    expect(maskPicture([viewedGraph()])).toBe(maskPicture([viewedGraph()]))
  })

  it('draws one layer alone where it is asked for, and names the graph that has not so many', () => {
    expect(drawnMasks(maskPicture([viewedGraph()], { layer: 2 }))).toHaveLength(1)
    expect(textOf(maskPicture([viewedGraph()], { layer: 2 }))).toContain('layer 2: 0.00 to 1.00, mean 0.50')
    expect(() => maskPicture([viewedGraph()], { layer: 3 })).toThrow(
      'Cannot draw graph m1: expected one of its 2 layers, got layer 3',
    )
  })

  it('has a row for each graph, each with its own layout, and one legend', () => {
    const svg = maskPicture([viewedGraph(), viewedGraph({ key: 'm2' })])
    expect(textOf(svg).match(/Graph m\d/g)).toEqual(['Graph m1', 'Graph m2'])
    expect(drawnMasks(svg)).toHaveLength(4)
    expect(svg.match(/class="legend"/g)).toHaveLength(1)
  })

  it('says what was predicted, by what, and how much of the graph is drawn', () => {
    const text = textOf(maskPicture([viewedGraph({ nodeCount: 12_000, edgeCount: 1, hops: 2 })]))
    expect(text).toContain('Graph m1 predicted ring (0.75) · shape: ring · model shapes:1 · run night-1')
    expect(text).toContain('12,000 nodes, 1 relationship; drawn: 3 nodes, the highest masks and what is within 2 hops')
  })

  it('draws two relationships between the same nodes once, and none from a node to itself', () => {
    const edges = [
      { source: 0, target: 1, type: 'A' },
      { source: 1, target: 0, type: 'B' },
      { source: 2, target: 2, type: 'A' },
    ]
    const [, path = ''] = /class="edges" d="([^"]*)"/.exec(maskPicture([viewedGraph({ edges })])) ?? []
    expect(path.match(/M/g)).toHaveLength(1)
  })

  it('outlines the nodes of the true cause, and says by which property', () => {
    const nodes = [viewedNode('a', [1], true), viewedNode('b', [0.5], false)]
    const svg = maskPicture([viewedGraph({ nodes, edges: [], truthProperty: 'inRing' })])
    expect(svg).toMatch(/<circle class="truth"[^>]*><title>a: 1.000/)
    expect(svg).toMatch(/<circle cx[^>]*><title>b: 0.500/)
    expect(textOf(svg)).toContain('inRing')
    expect(textOf(maskPicture([viewedGraph({ truthProperty: 'inRing' })]))).not.toContain('inRing')
  })

  it('does not give a mask to a node that has none', () => {
    const nodes = [viewedNode('a', [1]), viewedNode('new', [])]
    const svg = maskPicture([viewedGraph({ nodes, edges: [] })])
    expect(svg).toMatch(/<circle class="unscored"[^>]* fill="#fff"><title>new: no mask/)
    expect(textOf(svg)).toContain('layer 1: 1.00 to 1.00, mean 1.00')
    expect(textOf(svg)).toContain('no mask yet')
  })

  it('shows markup in names as text', () => {
    const evil = '<script>alert("1")</script>'
    const nodes = [viewedNode(evil, [0.5])]
    const svg = maskPicture([viewedGraph({ key: evil, prediction: evil, target: evil, model: evil, nodes, edges: [] })])
    expect(svg).not.toContain('<script')
    expect(svg.match(/&lt;script&gt;alert\(&quot;1&quot;\)/g)?.length).toBeGreaterThanOrEqual(5)
  })

  it('draws one node, nodes that nothing joins, and a graph without nodes, without NaN', () => {
    const lonely = [viewedNode('a', [0.5]), viewedNode('b', [0.25])]
    for (const nodes of [lonely.slice(0, 1), lonely, []])
      expect(maskPicture([viewedGraph({ nodes, edges: [] })])).not.toMatch(/NaN|Infinity|undefined/)
  })
})
