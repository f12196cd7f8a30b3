/** Which layer is in front, what is faded, what nodes are called. */
import { layerCount } from '../viewed-graph.ts'
import { button, checkbox, choice, element, field, labelled } from './dom.ts'
import type { Store } from './store.ts'
import type { ViewState } from './view-state.ts'

const millisPerLayer = 1_200

export interface Controls {
  readonly element: HTMLElement
  readonly play: () => void
  readonly step: (by: number) => void
  readonly close: () => void
}

export function createControls(store: Store<ViewState>, recentre: () => void): Controls {
  let timer: ReturnType<typeof setInterval> | undefined
  const layers = layerCount(store.get().graph)
  const step = (by: number) => store.set({ layer: (store.get().layer + by + layers) % Math.max(1, layers) })
  const play = () => {
    if (timer === undefined) {
      step(1)
      timer = setInterval(() => step(1), millisPerLayer)
    } else stop()
    name()
  }
  const stop = () => {
    clearInterval(timer)
    timer = undefined
  }
  const player = button('', play, { id: 'play' })
  const name = () => {
    player.textContent = timer === undefined ? '▶ Play' : '⏸ Pause'
    player.setAttribute('aria-pressed', `${timer !== undefined}`)
  }
  name()
  const place = element('output', {})
  const threshold = element('output', {})
  const slider = field({ type: 'range', id: 'threshold', min: 0, max: 1, step: 0.01, value: 0 }, (value) =>
    store.set({ threshold: Number(value) }),
  )
  const single = checkbox((isSingle) => store.set({ isSingle }))
  const stretched = checkbox((isStretched) => store.set({ isStretched }))
  stretched.id = 'stretched'
  const naming = choice(namings(store.get()), (value) => store.set({ naming: value }))
  const unwatch = store.watch((state) => {
    place.textContent = `layer ${state.layer + 1} of ${layers}`
    threshold.textContent = state.threshold.toFixed(2)
    single.checked = state.isSingle
    stretched.checked = state.isStretched
    naming.value = state.naming
  })
  return {
    element: element(
      'div',
      { class: 'controls', role: 'toolbar', 'aria-label': 'Layers and colours' },
      button('◀', () => step(-1), { 'aria-label': 'layer before' }),
      player,
      button('▶', () => step(1), { 'aria-label': 'next layer' }),
      place,
      element('label', {}, single, ' one layer at a time'),
      element('label', {}, 'fade masks below ', slider, threshold),
      element('label', {}, stretched, " colours over this graph's range"),
      labelled('names', naming),
      button('Whole graph', recentre),
    ),
    play,
    step,
    close: () => {
      stop()
      unwatch()
    },
  }
}

function namings({ graph }: ViewState): readonly (readonly [string, string])[] {
  const properties = new Set(graph.nodes.flatMap((node) => Object.keys(node.properties)))
  return [['', 'none'], ['key', graph.nodeKey], ...[...properties].map((name) => [`property:${name}`, name] as const)]
}
