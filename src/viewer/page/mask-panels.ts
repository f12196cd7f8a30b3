/** The graph once for each layer, side by side: one layout and one camera, the colours of each layer's masks. */
import { MultiDirectedGraph } from 'graphology'
import Sigma from 'sigma'
import { layerFill } from 'sigma/rendering'
import type { Point } from '../layout.ts'
import type { Theme } from '../mask-colour.ts'
import type { ViewedGraph } from '../viewed-graph.ts'
import { borderLayer } from './border-layer.ts'
import { element } from './dom.ts'
import { fadedOpacity, isFaded, type NodeLook, nodeLooks } from './node-look.ts'
import type { Store } from './store.ts'
import { layerCount, nameOf, type ViewState } from './view-state.ts'
import { walkByKeys } from './walk-nodes.ts'

/** What a browser allows of pictures by WebGL in one page, less what others may need. */
const mostPanels = 12

export interface MaskPanels {
  /** Moves the nodes. [N] */
  readonly place: (points: readonly Point[]) => void
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
  const renderers = panels.map(({ canvas }, layer) =>
    rendererOf(canvas, { drawing, store, theme, layer, look: (node) => looks(node, layer) }),
  )
  const [first, ...others] = renderers
  for (const other of others) if (first !== undefined) other.setCamera(first.getCamera())

  const repaint = () => {
    looks = nodeLooks(store.get(), theme())
    for (const renderer of renderers) renderer.scheduleRefresh()
  }
  /** As {@link repaint}, where nothing else of the graph looks different. */
  const repaintNodes = (nodes: readonly number[]) => {
    looks = nodeLooks(store.get(), theme())
    const partialGraph = { nodes: nodes.map(String) }
    for (const renderer of renderers) renderer.scheduleRefresh({ partialGraph, skipIndexation: true })
  }
  const sizes = new ResizeObserver(() => {
    for (const renderer of renderers) renderer.resize(true).scheduleRefresh()
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
    place: (points) =>
      drawing.updateEachNodeAttributes((node, at) => ({ ...at, ...points[Number(node)] }), { attributes: ['x', 'y'] }),
    recentre: () => void first?.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }),
    drawn: (node, layer) => drawnNode(renderers[layer], node),
    close: () => {
      unwatch()
      sizes.disconnect()
      for (const renderer of renderers) renderer.kill()
      parent.replaceChildren()
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
  for (const { source, target } of edges) if (source !== target) graph.addEdge(source, target)
  return graph
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
