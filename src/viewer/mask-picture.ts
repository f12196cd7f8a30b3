/**
 * Graphs with their masks as a picture for paper: a row for each graph, a column for each layer, each node in the same place in all of
 * them. The same graphs give the same bytes.
 */
import { ConfigError } from '../errors.ts'
import { graphCaption, type MaskCaption } from './graph-caption.ts'
import { drawnEdges, drawnNodes, type GraphDrawing, graphDrawing } from './graph-drawing.ts'
import { type Html, html } from './html.ts'
import { legendHeight, maskLegend } from './mask-legend.ts'
import { layerCount, type ViewedGraph } from './viewed-graph.ts'

export interface MaskPictureOptions {
  /** From 1. Default: all of them, side by side */
  readonly layer?: number | undefined
  /** Property of nodes whose values are written at them in small graphs. Default: their keys */
  readonly label?: string | undefined
}

const margin = 16
const gap = 20
const lineHeight = 15
const [widest, narrowest] = [340, 210]

/**
 * An SVG file's text.
 * @throws ConfigError for a layer that a graph does not have
 */
export function maskPicture(graphs: readonly ViewedGraph[], { layer, label }: MaskPictureOptions = {}): string {
  const layers = layersOf(graphs, layer)
  const panelWidth = graphs.length > 1 ? narrowest : widest
  const rows: { readonly y: number; readonly row: Html }[] = []
  const width = Math.max(2 * margin + layers.length * (panelWidth + gap) - gap, 560)
  let y = margin
  for (const [i, graph] of graphs.entries()) {
    const drawing = graphDrawing(graph, panelWidth, label)
    const caption = graphCaption(graph, width - 2 * margin)
    rows.push({ y, row: graphRow(drawing, layers, { caption, id: `edges-${i + 1}` }) })
    y += caption.length * lineHeight + drawing.height + 2 * lineHeight + gap
  }
  const height = y + legendHeight
  const truth = graphs.find(({ nodes }) => nodes.some((node) => node.truth === true))?.truthProperty ?? null
  const hasUnscored = graphs.some(({ nodes }) => nodes.some(({ masks }) => masks.length === 0))
  return `${
    html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Masks of ${graphs.map(({ key }) => key).join(', ')}">
<style>${style}</style>
<rect width="${width}" height="${height}" fill="#fff"/>
${rows.map(({ y: top, row }) => html`<g transform="translate(${margin},${top})">${row}</g>`)}
<g transform="translate(${margin + 4},${y})">${maskLegend({ truth, hasUnscored })}</g>
</svg>`.html
  }\n`
}

function layersOf(graphs: readonly ViewedGraph[], layer: number | undefined): readonly number[] {
  const counts = graphs.map(layerCount)
  if (layer === undefined) return Array.from({ length: Math.max(1, ...counts) }, (_, k) => k + 1)
  const lacking = graphs.find((_graph, i) => (counts[i] ?? 0) < layer)
  if (lacking === undefined) return [layer]
  throw new ConfigError(
    `Cannot draw graph ${lacking.key}: expected one of its ${counts[graphs.indexOf(lacking)]} layers, got layer ${layer}`,
  )
}

/** Edges are written once, and used in each column. */
function graphRow(
  drawing: GraphDrawing,
  layers: readonly number[],
  { caption, id }: { readonly caption: MaskCaption; readonly id: string },
): Html {
  const top = caption.length * lineHeight
  return html`${caption.map(({ text, isTitle }, i) => html`<text class="${isTitle ? 'title' : 'caption'}" y="${(i + 1) * lineHeight - 4}">${text}</text>`)}
<defs><g id="${id}">${drawnEdges(drawing)}</g></defs>
${layers.map(
  (layer, column) => html`<g transform="translate(${column * (drawing.width + gap)},${top})">
<use href="#${id}"/>
${drawnNodes(drawing, layer)}
<text class="caption" x="${drawing.width / 2}" y="${drawing.height + lineHeight}" text-anchor="middle">layer ${layer}: ${rangeText(drawing.graph, layer)}</text></g>`,
)}`
}

function rangeText({ nodes }: ViewedGraph, layer: number): string {
  const masks = nodes.flatMap((node) => node.masks[layer - 1] ?? [])
  if (masks.length === 0) return 'no masks'
  const [low, high] = [masks.reduce((a, b) => Math.min(a, b)), masks.reduce((a, b) => Math.max(a, b))]
  const mean = masks.reduce((sum, mask) => sum + mask, 0) / masks.length
  return `${low.toFixed(2)} to ${high.toFixed(2)}, mean ${mean.toFixed(2)}`
}

const style: Html = {
  html: `
svg { font-family: system-ui, sans-serif; font-size: 11px; fill: #1f2933; }
.title { font-size: 13px; font-weight: 600; }
.caption { fill: #52606d; }
.edges { fill: none; stroke: #8794a3; }
.nodes circle { stroke: #66758a; }
.nodes .truth { stroke: #d55e00; }
.nodes .unscored { stroke-dasharray: 2 1.5; }
.nodes text, .texts text { text-anchor: middle; }
.beside { paint-order: stroke; stroke: #fff; stroke-width: 2px; }
.on-dark { fill: #fff; }
`,
}
