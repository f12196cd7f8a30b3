/** How a node is drawn in a layer. */
import { maskColour, type Theme } from '../mask-colour.ts'
import { maskOf, scaleOf, type ViewState } from './view-state.ts'

export interface NodeLook {
  readonly color: string
  /** Radius in pixels. */
  readonly size: number
  readonly opacity: number
  readonly borderColor: string
  /** Pixels. */
  readonly borderWidth: number
}

/** Below the threshold, or not part of the what-if any more. */
export const fadedOpacity = 0.12

interface Inks {
  readonly outline: string
  readonly truth: string
  readonly selected: string
  readonly withoutMask: string
}

/** The truth's orange and the masks' blue are told apart by all common forms of colour vision; the selection is the ink of the text. */
const inks: Readonly<Record<Theme, Inks>> = {
  light: { outline: '#7f8ea3', truth: '#d1670a', selected: '#000000', withoutMask: '#ffffff' },
  dark: { outline: '#6d7c91', truth: '#ff9d3d', selected: '#ffffff', withoutMask: '#000000' },
}

/** Of the nodes of a graph, in the state that the page is in. */
export function nodeLooks(state: ViewState, theme: Theme): (node: number, layer: number) => NodeLook {
  const [low, high] = scaleOf(state)
  const radius = radiusFor(state.graph.nodes.length)
  const ink = inks[theme]
  return (node, layer) => {
    const mask = maskOf(state, node, layer)
    const isMarked = node === state.selected || node === state.hovered
    const isTrue = state.graph.nodes[node]?.truth === true
    return {
      color: mask === null ? ink.withoutMask : maskColour((mask - low) / (high - low), theme),
      size: isMarked ? radius + 3 : radius,
      opacity: isFaded(state, node, layer) ? fadedOpacity : 1,
      borderColor: isMarked ? ink.selected : isTrue ? ink.truth : ink.outline,
      borderWidth: isMarked || isTrue ? Math.max(2, radius / 4) : Math.min(1, radius / 4),
    }
  }
}

export function isFaded(state: ViewState, node: number, layer: number): boolean {
  return state.off.has(node) || (maskOf(state, node, layer) ?? 0) < state.threshold
}

function radiusFor(nodeCount: number): number {
  return Math.max(3, Math.min(12, 60 / Math.sqrt(nodeCount + 1)))
}
