/** What is shown of a graph, and how. */
import { layerCount, type ViewedGraph } from '../viewed-graph.ts'
import type { WhatIfAnswer } from '../viewer-api.ts'

export interface ViewState {
  readonly graph: ViewedGraph
  /** The layer in front, from 0; its masks order the table. */
  readonly layer: number
  /** Only the layer in front is drawn. */
  readonly isSingle: boolean
  /** Nodes with a mask below it are faded. */
  readonly threshold: number
  /** Colours go from the lowest mask of the graph to the highest, instead of from 0 to 1. */
  readonly isStretched: boolean
  /** Place of the node in the graph's list. */
  readonly selected: number | null
  readonly hovered: number | null
  /** What nodes are called in the picture: '' nothing, 'key', or 'property:' and a name. */
  readonly naming: string
  /** Nodes that are switched off. */
  readonly off: ReadonlySet<number>
  /** What is predicted without them; `null` as long as nobody has asked, or where none is off. */
  readonly whatIf: WhatIfAnswer | null
}

const fewEnoughForNames = 60

export function initialState(graph: ViewedGraph, isSingle: boolean): ViewState {
  return {
    graph,
    layer: Math.max(0, layerCount(graph) - 1),
    isSingle,
    threshold: 0,
    // Masks of one graph are often close together.
    isStretched: true,
    selected: null,
    hovered: null,
    naming: graph.nodes.length <= fewEnoughForNames ? 'key' : '',
    off: new Set(),
    whatIf: null,
  }
}

/** Mask of a node in a layer from 0, without those that are switched off where that was asked; `null` where it has none. */
export function maskOf(
  { graph, whatIf }: Pick<ViewState, 'graph' | 'whatIf'>,
  node: number,
  layer: number,
): number | null {
  const { key = '', masks = [] } = graph.nodes[node] ?? {}
  return (whatIf === null ? masks : (whatIf.masks[key] ?? []))[layer] ?? null
}

/** What the ends of the colour scale stand for. */
export function scaleOf(
  state: Pick<ViewState, 'graph' | 'whatIf' | 'isStretched'>,
): readonly [low: number, high: number] {
  if (!state.isStretched) return [0, 1]
  let [low, high] = [1, 0]
  const layers = layerCount(state.graph)
  state.graph.nodes.forEach((_, node) => {
    for (let layer = 0; layer < layers; layer++) {
      const mask = maskOf(state, node, layer)
      if (mask === null) continue
      low = Math.min(low, mask)
      high = Math.max(high, mask)
    }
  })
  return low < high ? [low, high] : [0, 1]
}

/** Nodes by descending mask of the layer in front, those without one last; ties stay as they are. */
export function byMask(state: ViewState): readonly number[] {
  const masks = state.graph.nodes.map((_, node) => maskOf(state, node, state.layer) ?? -1)
  return masks.map((_, node) => node).sort((a, b) => (masks[b] ?? 0) - (masks[a] ?? 0))
}

/** What a node is called in the picture. */
export function nameOf({ graph, naming }: Pick<ViewState, 'graph' | 'naming'>, node: number): string {
  const { key = '', properties = {} } = graph.nodes[node] ?? {}
  if (naming === 'key') return key
  return naming.startsWith('property:') ? shownValue(properties[naming.slice('property:'.length)]) : ''
}

const longestValue = 200

/** A property as text; long ones are cut. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text =
    typeof value === 'string' ? value : typeof value === 'number' ? shownNumber(value) : JSON.stringify(value)
  return text.length > longestValue ? `${text.slice(0, longestValue)} …` : text
}

export function shownNumber(value: number): string {
  return Number.isInteger(value) ? value.toString() : Number(value.toPrecision(4)).toString()
}
