/** All that is known of the node under the pointer, or of the selected one. */
import { layerCount } from '../viewed-graph.ts'
import { button, element } from './dom.ts'
import type { Store } from './store.ts'
import { maskOf, shownValue, type ViewState } from './view-state.ts'

export function showNodeCard(
  parent: HTMLElement,
  store: Store<ViewState>,
  toggle: ((node: number) => void) | null,
): () => void {
  let drawn = ''
  return store.watch((state) => {
    const node = state.hovered ?? state.selected
    const drawing = JSON.stringify([node, state.whatIf?.without, [...state.off]])
    if (drawing === drawn) return
    drawn = drawing
    parent.replaceChildren(node === null ? hintOf() : cardOf(state, node, toggle))
  })
}

function hintOf(): HTMLElement {
  return element('p', { class: 'hint' }, 'Point at a node, or walk through them with the arrow keys.')
}

function cardOf(state: ViewState, node: number, toggle: ((node: number) => void) | null): HTMLElement {
  const { key = '', labels = [], properties = {}, truth = null } = state.graph.nodes[node] ?? {}
  const masks = Array.from(
    { length: layerCount(state.graph) },
    (_, layer) =>
      [
        `mask in layer ${layer + 1}`,
        maskOf(state, node, layer)?.toFixed(4) ?? 'none: it came after the scoring',
      ] as const,
  )
  const known = truth === null ? [] : [[`${state.graph.truthProperty}`, truth ? 'yes' : 'no'] as const]
  const own = Object.entries(properties)
    .filter(([name]) => name !== state.graph.truthProperty)
    .map(([name, value]) => [name, shownValue(value)] as const)
  return element(
    'div',
    {},
    element('h2', {}, key),
    element('p', { class: 'labels' }, labels.map((label) => `:${label}`).join(' ')),
    element(
      'dl',
      {},
      ...[...masks, ...known, ...own].flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    ),
    toggle && button(state.off.has(node) ? 'Switch on again (x)' : 'Switch off (x)', () => toggle(node)),
  )
}
