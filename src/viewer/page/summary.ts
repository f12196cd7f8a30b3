/** What was predicted of the graph, how surely, by which model and run, and what is known to be true. */
import { modelReference } from '../model-reference.ts'
import type { ViewedGraph } from '../viewed-graph.ts'
import { element } from './dom.ts'
import { shownNumber, type ViewState } from './view-state.ts'

/** @param isServed whether there is a server that has reports */
export function summaryOf({ graph, whatIf }: ViewState, isServed: boolean): HTMLElement {
  const { key, prediction, target, targetProperty, model, runId, scoredAt } = graph
  const facts = [
    ['model', isServed ? report(model, 'model', { ...modelReference(model) }) : model],
    ['run', isServed && runId !== null ? report(runId, 'run', { id: runId }) : (runId ?? 'not known')],
    ['scored', scoredAt === null ? 'not known' : scoredAt.replace(/\.\d+/, '').replace('T', ' ')],
    [targetProperty, target === null ? 'not known' : String(target)],
    ['members', shownPart(graph)],
  ] as const
  const disagrees = target !== null && typeof prediction === 'string' && String(target) !== prediction
  return element(
    'header',
    { class: 'summary' },
    element('h1', {}, key),
    element(
      'p',
      { class: 'verdict' },
      'predicted ',
      element('strong', {}, shown(prediction)),
      ...(disagrees ? [element('span', { class: 'badge' }, `${targetProperty} is ${target}`)] : []),
    ),
    whatIf &&
      element(
        'p',
        { class: 'verdict', id: 'what-if-verdict' },
        `without ${whatIf.without.length} of its members `,
        element('strong', {}, shown(whatIf.prediction)),
        whatIf.model === model ? null : `, by ${whatIf.model}, which says ${shown(whatIf.asItIs)} of all of them`,
      ),
    probabilityTable(graph, whatIf),
    element(
      'dl',
      {},
      ...facts.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
    ),
  )
}

function report(text: string, kind: 'model' | 'run', words: Readonly<Record<string, string>>): HTMLElement {
  return element('a', { href: `reports/${kind}?${new URLSearchParams(words)}`, title: `report on the ${kind}` }, text)
}

function probabilityTable({ probabilities }: ViewedGraph, whatIf: ViewState['whatIf']): HTMLElement | null {
  if (probabilities.length === 0) return null
  return element(
    'table',
    { class: 'probabilities' },
    element('caption', {}, 'Probabilities'),
    ...probabilities.map(({ name, probability }, c) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, name),
        element(
          'td',
          {},
          element('progress', { max: 1, value: probability }, probability.toFixed(3)),
          ` ${probability.toFixed(3)}`,
        ),
        whatIf && element('td', {}, `→ ${whatIf.probabilities[c]?.probability.toFixed(3) ?? ''}`),
      ),
    ),
  )
}

function shownPart({ nodes, nodeCount, edgeCount, hops }: ViewedGraph): string {
  const all = `${nodeCount.toLocaleString('en')}, ${edgeCount.toLocaleString('en')} relationships`
  if (hops === null) return all
  return `${all}; shown are the ${nodes.length.toLocaleString('en')} with the highest masks and within ${hops} hops of them`
}

function shown(prediction: string | number): string {
  return typeof prediction === 'number' ? shownNumber(prediction) : prediction
}
