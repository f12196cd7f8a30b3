/** The nodes by mask of the layer in front; a row selects its node in the picture. */
import { layerCount } from '../viewed-graph.ts'
import { button, element } from './dom.ts'
import type { Store } from './store.ts'
import { byMask, maskOf, type ViewState } from './view-state.ts'
import { walkByKeys } from './walk-nodes.ts'

const rowsAtFirst = 200

/** Keeps itself up to date; returns how to end that. */
export function showNodeTable(parent: HTMLElement, store: Store<ViewState>): () => void {
  let limit = rowsAtFirst
  let drawn = ''
  const draw = (state: ViewState) => {
    // Hovering changes nothing here, and a graph may have thousands of rows.
    const drawing = JSON.stringify([state.layer, limit, state.whatIf?.without, [...state.off]])
    if (drawing !== drawn) parent.replaceChildren(tableOf(state))
    drawn = drawing
    mark(state)
  }
  const mark = ({ selected }: ViewState) => {
    for (const row of parent.querySelectorAll('tr[aria-selected="true"]')) row.setAttribute('aria-selected', 'false')
    const row = parent.querySelector<HTMLElement>(`tr[data-node="${selected}"]`)
    row?.setAttribute('aria-selected', 'true')
    if (row !== null) scrollTo(parent, row)
  }
  const tableOf = (state: ViewState) => {
    const order = byMask(state)
    const layers = Array.from({ length: layerCount(state.graph) }, (_, layer) => layer)
    const hasTruth = state.graph.truthProperty !== null
    const head = element(
      'tr',
      {},
      element('th', { scope: 'col' }, state.graph.nodeKey),
      ...layers.map((layer) =>
        element(
          'th',
          { scope: 'col', 'aria-sort': layer === state.layer ? 'descending' : 'none' },
          button(`layer ${layer + 1}`, () => store.set({ layer })),
        ),
      ),
      hasTruth ? element('th', { scope: 'col' }, state.graph.truthProperty) : null,
    )
    const rows = order.slice(0, limit).map((node) => rowOf(state, node, layers, hasTruth))
    const table = element(
      'table',
      {},
      element('caption', {}, `Nodes by mask in layer ${state.layer + 1}`),
      element('thead', {}, head),
      element('tbody', {}, ...rows),
    )
    const more = order.length - limit
    return element(
      'div',
      {},
      table,
      more > 0
        ? button(`${Math.min(more, rowsAtFirst)} more of ${more}`, () => {
            limit += rowsAtFirst
            draw(store.get())
          })
        : null,
    )
  }
  const rowOf = (state: ViewState, node: number, layers: readonly number[], hasTruth: boolean) => {
    const { key = '', truth = null } = state.graph.nodes[node] ?? {}
    const row = element(
      'tr',
      {
        'data-node': node,
        tabindex: -1,
        'aria-selected': node === state.selected ? 'true' : 'false',
        class: state.off.has(node) ? 'off' : null,
      },
      element('th', { scope: 'row' }, key),
      ...layers.map((layer) => element('td', {}, maskOf(state, node, layer)?.toFixed(3) ?? '–')),
      hasTruth ? element('td', {}, truth === null ? '' : truth ? 'yes' : 'no') : null,
    )
    row.addEventListener('click', () => store.set({ selected: node }))
    return row
  }
  walkByKeys(parent, store)
  return store.watch(draw)
}

/** The table alone: a page that jumps from the picture to the table loses who is looking at the picture. */
function scrollTo(parent: HTMLElement, row: HTMLElement): void {
  const head = parent.querySelector('thead')?.getBoundingClientRect().height ?? 0
  const [view, place] = [parent.getBoundingClientRect(), row.getBoundingClientRect()]
  if (place.top < view.top + head) parent.scrollTop += place.top - view.top - head
  else if (place.bottom > view.bottom) parent.scrollTop += place.bottom - view.bottom
}
