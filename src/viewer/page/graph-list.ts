/** The graphs to walk through, and which of them are listed. */
import { allGraphs, type GraphEntry, type GraphFilter, type ProjectionEntry } from '../viewer-api.ts'
import { button, checkbox, choice, element, field, labelled } from './dom.ts'
import type { GraphSource } from './graph-source.ts'
import { shownNumber } from './view-state.ts'

const typingMillis = 200

export interface GraphList {
  readonly element: HTMLElement
  /** The entry of the graph that is shown. */
  readonly mark: (key: string) => void
  readonly load: () => Promise<void>
  /** Loads, and opens the first that is listed. */
  readonly openFirst: () => Promise<void>
  readonly step: (by: number) => void
}

export function createGraphList(
  source: GraphSource,
  projection: ProjectionEntry,
  { open, fail }: { readonly open: (key: string) => void; readonly fail: (thrown: unknown) => void },
): GraphList {
  const entries = element('ul', { class: 'graphs' })
  const more = element('div', {})
  let filter: GraphFilter = allGraphs
  let shownKey: string | null = null
  let asked = 0

  const load = async (from: number) => {
    asked += 1
    const question = asked
    const page = await source.list(projection.name, filter, from)
    // Another question was asked in the meantime.
    if (question !== asked) return
    const lines = page.graphs.map((entry) => lineOf(entry, () => open(entry.key)))
    if (from === 0) entries.replaceChildren(...lines)
    else entries.append(...lines)
    const { next } = page
    more.replaceChildren(next === null ? '' : button('More', () => load(next).catch(fail)))
    if (entries.childElementCount === 0) entries.append(element('li', { class: 'hint' }, 'No graph is like that.'))
    mark(shownKey ?? '')
  }
  let typing: ReturnType<typeof setTimeout> | undefined
  const narrow = (change: Partial<GraphFilter>) => {
    filter = { ...filter, ...change }
    clearTimeout(typing)
    typing = setTimeout(() => load(0).catch(fail), typingMillis)
  }
  const mark = (key: string) => {
    shownKey = key
    for (const line of entries.querySelectorAll('button')) {
      if (line.dataset['key'] === key) line.setAttribute('aria-current', 'true')
      else line.removeAttribute('aria-current')
    }
  }
  const isRegression = projection.classes.length === 0
  return {
    element: element(
      'nav',
      { 'aria-label': 'Graphs' },
      labelled(
        'find',
        field({ type: 'search', id: 'search', placeholder: 'part of a key' }, (search) => narrow({ search })),
      ),
      isRegression
        ? null
        : labelled(
            'predicted',
            choice([['', 'any class'], ...projection.classes.map((name) => [name, name] as const)], (name) =>
              narrow({ prediction: name || null }),
            ),
          ),
      isRegression
        ? null
        : element(
            'span',
            { class: 'range' },
            labelled(
              'probability from',
              field({ type: 'number', min: 0, max: 1, step: 0.05, value: 0 }, (value) =>
                narrow({ minProbability: Number(value) }),
              ),
            ),
            labelled(
              'to',
              field({ type: 'number', min: 0, max: 1, step: 0.05, value: 1 }, (value) =>
                narrow({ maxProbability: Number(value) }),
              ),
            ),
          ),
      element(
        'label',
        {},
        checkbox((disagreeing) => narrow({ disagreeing })),
        isRegression ? ' largest errors first' : ` other than ${projection.targetProperty}`,
      ),
      entries,
      more,
    ),
    mark,
    load: () => load(0),
    openFirst: async () => {
      await load(0)
      entries.querySelector('button')?.click()
    },
    step: (by) => {
      const lines = [...entries.querySelectorAll('button')]
      lines[lines.findIndex((line) => line.dataset['key'] === shownKey) + by]?.click()
    },
  }
}

function lineOf({ key, prediction, probability, target }: GraphEntry, open: () => void): HTMLElement {
  const disagrees = target !== null && typeof prediction === 'string' && String(target) !== prediction
  const line = button('', open, { 'data-key': key })
  line.append(
    element('span', { class: 'key' }, key),
    element('span', {}, typeof prediction === 'number' ? shownNumber(prediction) : prediction),
    element('span', {}, probability === null ? '' : probability.toFixed(3)),
    element('span', { class: 'badge', title: disagrees ? 'other than the target' : null }, disagrees ? '≠' : ''),
  )
  return element('li', {}, line)
}
