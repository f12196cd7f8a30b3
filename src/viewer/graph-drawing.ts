/** A graph laid out in a box: what all of its layers have in common. */
import { fitInto } from './fitted-points.ts'
import { type Html, html } from './html.ts'
import { layoutOf } from './layout.ts'
import { maskColour } from './mask-colour.ts'
import { type NodeText, nodeTexts, textSize } from './node-texts.ts'
import type { Point } from './point.ts'
import type { ViewedGraph, ViewedNode } from './viewed-graph.ts'

export interface GraphDrawing {
  readonly graph: ViewedGraph
  /** [N] */
  readonly points: readonly Point[]
  readonly radius: number
  readonly width: number
  readonly height: number
  readonly texts: readonly NodeText[]
}

/** More nodes are drawn without their names and masks as titles, which would be most of the file. */
const mostTitled = 150
/** More nodes leave no room for texts. */
const mostNamed = 60

/** @param label property whose values are written at nodes; default: their keys */
export function graphDrawing(graph: ViewedGraph, width: number, label?: string): GraphDrawing {
  const { nodes, edges } = graph
  const most = radiusFor(nodes.length, width)
  const fitted = fitInto(layoutOf(nodes.length, edges), { width, margin: most + 14, shortest: width / 4 })
  const { points, height } = fitted
  const radius = rounded(Math.min(most, Math.max(0.6, 0.42 * usualLength(graph, points))))
  const texts = nodes.length > mostNamed ? [] : nodeTexts(nodes, { points, radius, width, label })
  return { graph, points, radius, width, height, texts }
}

/** Nodes cover about a twelfth of the area, but can be told apart however few or many there are. */
function radiusFor(nodeCount: number, width: number): number {
  const even = (width / Math.sqrt(Math.max(1, nodeCount))) * 0.16
  return Math.min(10, Math.max(width / 300, even))
}

/** Of edges as drawn: the median. */
function usualLength({ edges }: ViewedGraph, points: readonly Point[]): number {
  const lengths = edges.flatMap(({ source, target }) => {
    const [a, b] = [points[source], points[target]]
    return source === target || a === undefined || b === undefined ? [] : [Math.hypot(a.x - b.x, a.y - b.y)]
  })
  return lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? Number.POSITIVE_INFINITY
}

/** Edges of all layers. Each pair of nodes once, whatever relationships there are between them. */
export function drawnEdges({ graph, points, radius }: GraphDrawing): Html {
  const pairs = new Map<number, string>()
  for (const { source, target } of graph.edges) {
    const [a, b] = [points[source], points[target]]
    if (source === target || a === undefined || b === undefined) continue
    const pair = Math.min(source, target) * points.length + Math.max(source, target)
    if (!pairs.has(pair)) pairs.set(pair, `M${rounded(a.x)},${rounded(a.y)}L${rounded(b.x)},${rounded(b.y)}`)
  }
  const crowding = pairs.size / Math.max(1, points.length)
  const opacity = rounded(Math.min(1, Math.max(0.25, 2.5 / crowding)), 2)
  const width = rounded(Math.max(0.4, Math.min(1.6, radius / 4)))
  return html`<path class="edges" d="${[...pairs.values()].join('')}" stroke-width="${width}" stroke-opacity="${opacity}"/>`
}

/** @param layer from 1 */
export function drawnNodes({ graph, points, radius, texts }: GraphDrawing, layer: number): Html {
  const look = { layer, radius, isTitled: graph.nodes.length <= mostTitled }
  // The highest masks last, on top.
  const maskOf = (v: number) => graph.nodes[v]?.masks[layer - 1] ?? -1
  const order = points.map((_, v) => v).sort((a, b) => maskOf(a) - maskOf(b) || b - a)
  const inside = new Map(texts.map((text) => [text.isInside ? text.node : -1, text]))
  const circles = order.map((v) => {
    const [node, point, text] = [graph.nodes[v], points[v], inside.get(v)]
    if (node === undefined || point === undefined) return null
    return [drawnNode(node, point, look), text === undefined ? null : drawnText(text, maskOf(v))]
  })
  const lineWidth = rounded(Math.max(0.3, Math.min(1, radius / 8)))
  return html`<g class="nodes" stroke-width="${lineWidth}" font-size="${textSize}">${circles}</g>
<g class="texts" font-size="${textSize}">${texts.filter(({ isInside }) => !isInside).map((text) => drawnText(text, maskOf(text.node)))}</g>`
}

interface NodeLook {
  readonly layer: number
  readonly radius: number
  readonly isTitled: boolean
}

function drawnNode(node: ViewedNode, { x, y }: Point, { layer, radius, isTitled }: NodeLook): Html {
  const mask = node.masks[layer - 1]
  const marks = [...(node.truth === true ? ['truth'] : []), ...(mask === undefined ? ['unscored'] : [])]
  const fill = mask === undefined ? '#fff' : maskColour(mask, 'light')
  const outline = node.truth === true ? html` stroke-width="${rounded(Math.max(1, radius / 3.5))}"` : null
  const title = `${node.key}: ${mask === undefined ? 'no mask' : mask.toFixed(3)}`
  return html`<circle${marks.length > 0 ? html` class="${marks.join(' ')}"` : null} cx="${rounded(x)}" cy="${rounded(y)}" r="${radius}" fill="${fill}"${outline}${
    isTitled ? html`><title>${title}</title></circle>` : html`/>`
  }`
}

/** Above it the colour is dark enough for white. */
const darkFrom = 0.5

function drawnText({ text, x, y, isInside }: NodeText, mask: number): Html {
  const place = isInside ? (mask >= darkFrom ? 'on-dark' : 'on-light') : 'beside'
  return html`<text class="${place}" x="${rounded(x)}" y="${rounded(y)}">${text}</text>`
}

function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits))
}
