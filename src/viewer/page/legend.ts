/** What the colours stand for, in numbers. */
import { maskColour, type Theme } from '../mask-colour.ts'
import { element } from './dom.ts'
import { scaleOf, type ViewState } from './view-state.ts'

const stops = 5

export function legendOf(state: ViewState, theme: Theme): HTMLElement {
  const [low, high] = scaleOf(state)
  const shares = Array.from({ length: stops }, (_, i) => i / (stops - 1))
  const patches = shares.map((share) => {
    const patch = element('span', { class: 'patch' })
    patch.style.backgroundColor = maskColour(share, theme)
    return element('li', {}, patch, (low + share * (high - low)).toFixed(2))
  })
  return element(
    'div',
    { class: 'legend' },
    element('span', {}, 'mask'),
    element('ol', {}, ...patches),
    state.graph.truthProperty === null
      ? null
      : element('span', { class: 'truth' }, `ring: ${state.graph.truthProperty}`),
  )
}
