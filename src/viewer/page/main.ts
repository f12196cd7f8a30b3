/** The page of the viewer. */
import type { Theme } from '../mask-colour.ts'
import type { PageData, ProjectionEntry } from '../viewer-api.ts'
import { choice, element, labelled } from './dom.ts'
import { createGraphList, type GraphList } from './graph-list.ts'
import { graphSource } from './graph-source.ts'
import { type GraphView, showGraph } from './graph-view.ts'

const dark = matchMedia('(prefers-color-scheme: dark)')
const narrow = matchMedia('(max-width: 700px)')
const theme = (): Theme => (dark.matches ? 'dark' : 'light')

const data: PageData = JSON.parse(document.querySelector('#smg-data')?.textContent ?? '')
const source = graphSource(data)
const [listPlace, main, failure] = [
  element('div', { class: 'list' }),
  element('main', {}),
  element('p', { class: 'failure', role: 'alert' }),
]
let view: GraphView | null = null
let list: GraphList | null = null
globalThis.smgDrawn = (node, layer) => view?.panels.drawn(node, layer) ?? null

function fail(thrown: unknown): void {
  failure.textContent = thrown instanceof Error ? thrown.message : String(thrown)
  failure.hidden = false
}

async function open(projection: string, key: string): Promise<void> {
  failure.hidden = true
  const graph = await source.graph(projection, key)
  view?.close()
  view = showGraph(main, { graph, whatIf: source.whatIf, theme, isNarrow: narrow.matches, fail })
  list?.mark(key)
  document.title = `${key} – masks`
  history.replaceState(null, '', `#${new URLSearchParams({ projection, key })}`)
}

async function openProjection(projection: ProjectionEntry, key: string | null): Promise<void> {
  list = createGraphList(source, projection, {
    open: (chosen) => void open(projection.name, chosen).catch(fail),
    fail,
  })
  const folded = element('details', { open: !narrow.matches }, element('summary', {}, 'Graphs'), list.element)
  listPlace.replaceChildren(folded)
  if (key === null) return list.openFirst()
  await Promise.all([open(projection.name, key), list.load()])
}

async function start(): Promise<void> {
  const projections = await source.projections()
  const wanted = new URLSearchParams(location.hash.slice(1))
  const chosen = projections.find(({ name }) => name === wanted.get('projection')) ?? projections[0]
  const chooser = choice(
    projections.map(({ name }) => [name, name] as const),
    (name) => {
      const projection = projections.find((each) => each.name === name)
      if (projection !== undefined) openProjection(projection, null).catch(fail)
    },
  )
  if (chosen !== undefined) chooser.value = chosen.name
  document.body.append(
    element(
      'div',
      { class: 'bar' },
      element('b', {}, 'Soft-Mask'),
      labelled('projection', chooser),
      element(
        'span',
        { class: 'hint' },
        data.kind === 'file' ? `as of ${data.madeAt.slice(0, 16).replace('T', ' ')} UTC` : 'live',
      ),
      element('span', { class: 'hint keys' }, '[ ] layer · p play · ↑ ↓ node · x off · j k graph'),
    ),
    failure,
    listPlace,
    main,
  )
  failure.hidden = true
  if (chosen === undefined) throw new Error("No graph has been scored yet: run 'smg sync' first")
  await openProjection(chosen, wanted.get('key'))
}

dark.addEventListener('change', () => view?.repaint())
document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'j') list?.step(1)
  else if (event.key === 'k') list?.step(-1)
  else if (!view?.press(event.key)) return
  event.preventDefault()
})
start().catch(fail)
