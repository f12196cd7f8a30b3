/** Arrow keys walk through the nodes, from the highest mask of the layer in front to the lowest. */
import type { Store } from './store.ts'
import { byMask, type ViewState } from './view-state.ts'

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** While the focus is in `place`. */
export function walkByKeys(place: HTMLElement, store: Store<ViewState>): void {
  place.addEventListener('keydown', (event) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    store.set({ selected: besides(store.get(), step) })
  })
}

/** The node so many places after the selected one by mask; the first where none is selected. */
function besides(state: ViewState, step: number): number | null {
  const order = byMask(state)
  const next = state.selected === null ? 0 : order.indexOf(state.selected) + step
  return order[Math.max(0, Math.min(order.length - 1, next))] ?? null
}
