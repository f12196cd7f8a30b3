/** The graph once for each layer, side by side: one layout and one camera, the colours of each layer's masks. */
import { MultiDirectedGraph } from 'graphology'
import Sigma, { Camera } from 'sigma'
import { layerFill } from 'sigma/rendering'
import type { Point } from '../layout.ts'
import type { Theme } from '../mask-colour.ts'
import { layerCount, type ViewedGraph } from '../viewed-graph.ts'
import { borderLayer } from './border-layer.ts'
import { element } from './dom.ts'
import { edgeLines } from './edge-lines.ts'
import { fadedOpacity, isFaded, type NodeLook, nodeLooks } from './node-look.ts'
import type { Store } from './store.ts'
import { nameOf, type ViewState } from './view-state.ts'
import { walkByKeys } from './walk-nodes.ts'

/** What a browser allows of pictures by WebGL in one page, less what others may need. */
const mostPanels = 12
/** Of more edges {@link edgeLines} are drawn. */
const mostFineEdges = 2_000

export interface MaskPanels {
  /** Moves the nodes to x and y. [N, 2] */
  readonly place: (positions: Float32Array) => void
  /** Resolves when all layers are drawn, the one in front first. */
  readonly started: Promise<void>
  /** After the page has another theme. */
  readonly repaint: () => void
  /** The whole graph in sight again. */
  readonly recentre: () => void
  /** Where a node is in the panel of a layer, in pixels of the page, and how it looks there. */
  readonly drawn: (node: number, layer: number) => DrawnNode | null
  readonly close: () => void
}

export interface DrawnNode {
  readonly x: number
  readonly y: number
  readonly color: string
  readonly opacity: number
}

declare global {
  /** For scripts and tests: as {@link MaskPanels.drawn}, of the graph that is shown. */
  var smgDrawn: (node: number, layer: number) => DrawnNode | null
}

/** Puts the panels into `parent`, which is in the page. */
export function createMaskPanels(parent: HTMLElement, store: Store<ViewState>, theme: () => Theme): MaskPanels {
  const { graph } = store.get()
  const drawing = drawingOf(graph)
  const panels = Array.from({ length: Math.min(mostPanels, layerCount(graph)) }, (_, layer) => panelOf(layer, store))
  parent.replaceChildren(...panels.map(({ figure }) => figure))
  let looks = nodeLooks(store.get(), theme())
  const renderers: (Renderer | undefined)[] = panels.map(() => undefined)
  const camera = new Camera()
  const start = (layer: number) => {
    const canvas = panels[layer]?.canvas
    if (canvas === undefined) return
    const look = (node: number) => looks(node, layer)
    renderers[layer] = rendererOf(canvas, { drawing, store, theme, layer, look }).setCamera(camera)
  }
  const started = startInTurn(
    panels.map((_, layer) => layer).sort((a, b) => Number(b === store.get().layer) - Number(a === store.get().layer)),
    start,
  )
  const repaint = () => {
    looks = nodeLooks(store.get(), theme())
    for (const renderer of renderers) renderer?.scheduleRefresh()
  }
  /** As {@link repaint}, where nothing else of the graph looks different. */
  const repaintNodes = (nodes: readonly number[]) => {
    looks = nodeLooks(store.get(), theme())
    const partialGraph = { nodes: nodes.map(String) }
    for (const renderer of renderers) renderer?.scheduleRefresh({ partialGraph, skipIndexation: true })
  }
  const sizes = new ResizeObserver(() => {
    for (const renderer of renderers) renderer?.resize(true).scheduleRefresh()
  })
  for (const { canvas } of panels) sizes.observe(canvas)
  let drawn = store.get()
  const unwatch = store.watch((state) => {
    panels.forEach(({ figure }, of) => {
      figure.hidden = state.isSingle && of !== state.layer
      figure.classList.toggle('front', of === state.layer)
    })
    const marked = [drawn.selected, drawn.hovered, state.selected, state.hovered].filter((node) => node !== null)
    if (looksOfAll.some((name) => drawn[name] !== state[name])) repaint()
    else if (drawn.selected !== state.selected || drawn.hovered !== state.hovered) repaintNodes(marked)
    drawn = state
  })
  return {
    repaint,
    started: started.done,
    place: (positions) =>
      drawing.updateEachNodeAttributes(
        (node) => ({ x: positions[2 * Number(node)] ?? 0, y: positions[2 * Number(node) + 1] ?? 0 }),
        { attributes: ['x', 'y'] },
      ),
    recentre: () => void camera.animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }),
    drawn: (node, layer) => drawnNode(renderers[layer], node),
    close: () => {
      started.stop()
      unwatch()
      sizes.disconnect()
      for (const renderer of renderers) renderer?.kill()
      parent.replaceChildren()
    },
  }
}

/** One after the other, so that the page answers in between: each takes a moment. */
function startInTurn(layers: readonly number[], start: (layer: number) => void) {
  let isStopped = false
  const inTurn = async () => {
    for (const layer of layers) {
      if (isStopped) return
      start(layer)
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    }
  }
  return {
    done: inTurn(),
    stop: () => {
      isStopped = true
    },
  }
}

/** What the look of every node depends on; the layer in front is no part of it. */
const looksOfAll = ['threshold', 'isStretched', 'naming', 'off', 'whatIf', 'isSingle'] as const

interface RendererOptions {
  readonly drawing: Drawing
  readonly store: Store<ViewState>
  readonly theme: () => Theme
  readonly layer: number
  readonly look: (node: number) => NodeLook
}

type Drawing = MultiDirectedGraph<Point>
type Renderer = Sigma<Point>

function rendererOf(canvas: HTMLElement, { drawing, store, theme, layer, look }: RendererOptions): Renderer {
  const renderer: Renderer = new Sigma(drawing, canvas, {
    primitives: {
      nodes: {
        variables: { borderColor: { type: 'color', default: '#888888' }, borderWidth: { type: 'number', default: 1 } },
        layers: [layerFill(), borderLayer()],
      },
    },
    // A panel may be hidden, and has no size then.
    settings: {
      allowInvalidContainer: true,
      itemSizesReference: 'screen',
      stagePadding: 24,
      labelDensity: 2,
      labelRenderedSizeThreshold: 3,
    },
    nodeReducer: (node) => {
      const state = store.get()
      const isMarked = Number(node) === state.selected || Number(node) === state.hovered
      return {
        ...look(Number(node)),
        label: nameOf(isMarked && state.naming === '' ? { ...state, naming: 'key' } : state, Number(node)),
        labelColor: edgeInks[theme()].label,
        labelVisibility: isMarked ? 'visible' : 'auto',
        backdropVisibility: 'hidden',
        depth: isMarked ? 'topNodes' : 'nodes',
      }
    },
    edgeReducer: (edge) => {
      const state = store.get()
      const isFaint = drawing.extremities(edge).some((node) => isFaded(state, Number(node), layer))
      return { color: edgeInks[theme()].edge, size: 1, opacity: isFaint ? fadedOpacity : 0.8 }
    },
  })
  if (store.get().graph.edges.length > mostFineEdges) addEdgeLines(renderer, { drawing, store, theme, layer, look })
  renderer.on('enterNode', ({ node }) => store.set({ hovered: Number(node) }))
  renderer.on('leaveNode', () => store.set({ hovered: null }))
  renderer.on('clickNode', ({ node }) => store.set({ selected: Number(node), layer }))
  renderer.on('clickStage', () => store.set({ selected: null }))
  return renderer
}

const edgeInks: Readonly<Record<Theme, { readonly edge: string; readonly label: string }>> = {
  light: { edge: '#b3bdca', label: '#1b2430' },
  dark: { edge: '#4b5766', label: '#e6ebf2' },
}

function drawnNode(renderer: Renderer | undefined, node: number): DrawnNode | null {
  const data = renderer?.getNodeDisplayData(`${node}`)
  if (renderer === undefined || data === undefined) return null
  const at = renderer.graphToViewport(renderer.getGraph().getNodeAttributes(node))
  const { left, top } = renderer.getContainer().getBoundingClientRect()
  return { x: left + at.x, y: top + at.y, color: data.color, opacity: data.opacity }
}

function drawingOf({ nodes, edges }: ViewedGraph): Drawing {
  const graph = new MultiDirectedGraph<Point>()
  // Until the layout is there.
  for (const node of nodes.keys()) graph.addNode(node, { x: node % 100, y: Math.floor(node / 100) })
  if (edges.length <= mostFineEdges)
    for (const { source, target } of edges) if (source !== target) graph.addEdge(source, target)
  return graph
}

/** Where sigma's own edges are not drawn. */
function addEdgeLines(renderer: Renderer, { drawing, store, theme, layer }: RendererOptions): void {
  const { edges } = store.get().graph
  const pointOf = (node: number) => drawing.getNodeAttributes(node)
  renderer.addCustomLayerProgram('edge lines', 'edges', (gl) =>
    edgeLines(gl, {
      edgeCount: edges.length,
      edge: (e) => {
        const { source = 0, target = 0 } = edges[e] ?? {}
        const isFaint = [source, target].some((node) => isFaded(store.get(), node, layer))
        return { from: pointOf(source), to: pointOf(target), opacity: isFaint ? fadedOpacity : 0.8 }
      },
      color: () => channelsOf(edgeInks[theme()].edge),
      normalization: () => renderer.getNormalizationFunction(),
    }),
  )
}

function channelsOf(color: string): readonly [number, number, number] {
  const channel = (at: number) => Number.parseInt(color.slice(at, at + 2), 16) / 255
  return [channel(1), channel(3), channel(5)]
}

function panelOf(
  layer: number,
  store: Store<ViewState>,
): { readonly figure: HTMLElement; readonly canvas: HTMLElement } {
  const canvas = element('div', {
    class: 'canvas',
    tabindex: 0,
    role: 'application',
    'aria-label': `Masks of layer ${layer + 1}: arrow keys walk through the nodes by mask`,
  })
  canvas.addEventListener('focus', () => store.set({ layer }))
  walkByKeys(canvas, store)
  return { canvas, figure: element('figure', {}, element('figcaption', {}, `Layer ${layer + 1}`), canvas) }
}
