/** One graph on the page: panels, controls, table, card, and what-if. */
import type { Theme } from '../mask-colour.ts'
import type { ViewedGraph } from '../viewed-graph.ts'
import { createControls } from './controls.ts'
import { element } from './dom.ts'
import type { GraphSource } from './graph-source.ts'
import { startLayout } from './layout-client.ts'
import { legendOf } from './legend.ts'
import { createMaskPanels, type MaskPanels } from './mask-panels.ts'
import { showNodeCard } from './node-card.ts'
import { showNodeTable } from './node-table.ts'
import { createStore, type Store } from './store.ts'
import { summaryOf } from './summary.ts'
import { initialState, type ViewState } from './view-state.ts'
import { createWhatIf } from './what-if.ts'

export interface GraphView {
  readonly store: Store<ViewState>
  readonly panels: MaskPanels
  readonly repaint: () => void
  /** Keys that have a meaning wherever the focus is; returns whether this was one. */
  readonly press: (key: string) => boolean
  readonly close: () => void
}

export interface GraphViewOptions {
  readonly graph: ViewedGraph
  readonly whatIf: GraphSource['whatIf']
  readonly theme: () => Theme
  readonly isNarrow: boolean
  readonly fail: (thrown: unknown) => void
}

export function showGraph(parent: HTMLElement, { graph, whatIf, theme, isNarrow, fail }: GraphViewOptions): GraphView {
  const store = createStore(initialState(graph, isNarrow))
  const [summary, legend, panelPlace, progress, card, off, table] = [
    element('div', {}),
    element('div', {}),
    element('div', { class: 'panels' }),
    element('p', { class: 'progress', role: 'status' }),
    element('aside', { class: 'card', 'aria-live': 'polite', 'aria-label': 'Node' }),
    element('section', { class: 'what-if', 'aria-label': 'What if' }),
    element('section', { class: 'nodes', tabindex: 0, 'aria-label': 'Nodes' }),
  ]
  const toolbar = element('div', {})
  parent.replaceChildren(
    summary,
    toolbar,
    legend,
    panelPlace,
    progress,
    element('div', { class: 'details' }, card, off, table),
  )
  const panels = createMaskPanels(panelPlace, store, theme)
  const controls = createControls(store, panels.recentre)
  toolbar.append(controls.element)
  off.hidden = true
  const asking = whatIf === null ? null : createWhatIf(off, store, { whatIf, fail })
  const drawLegend = (state: ViewState) => {
    summary.replaceChildren(summaryOf(state, whatIf !== null))
    legend.replaceChildren(legendOf(state, theme()))
  }
  progress.textContent = 'Laying out'
  let isClosed = false
  let endLayout: () => void = () => undefined
  panels.started
    .then(() => {
      if (isClosed) return
      endLayout = startLayout(graph.nodes.length, graph.edges, ({ positions, share }) => {
        panels.place(positions)
        progress.textContent = share < 1 ? `Laying out: ${Math.round(100 * share)} %` : ''
      })
    })
    .catch(fail)
  const ends = [
    store.watch(drawLegend),
    showNodeTable(table, store),
    showNodeCard(card, store, asking?.toggle ?? null),
    controls.close,
    asking?.close ?? (() => undefined),
    panels.close,
    () => {
      isClosed = true
      endLayout()
    },
  ]
  const press = (key: string) => {
    const { selected } = store.get()
    if (key === 'p') controls.play()
    else if (key === '[') controls.step(-1)
    else if (key === ']') controls.step(1)
    else if (key === 'Escape') store.set({ selected: null })
    else if (key === 'x' && selected !== null && asking !== null) asking.toggle(selected)
    else return false
    return true
  }
  return {
    store,
    panels,
    press,
    repaint: () => {
      panels.repaint()
      drawLegend(store.get())
    },
    close: () => {
      for (const end of ends) end()
    },
  }
}
