/** Members that are switched off, what would be predicted without them, and how to ask the same elsewhere. */
import type { ViewedGraph } from '../viewed-graph.ts'
import { button, element } from './dom.ts'
import type { GraphSource } from './graph-source.ts'
import type { Store } from './store.ts'
import type { ViewState } from './view-state.ts'

export interface WhatIf {
  readonly toggle: (node: number) => void
  readonly close: () => void
}

export function createWhatIf(
  parent: HTMLElement,
  store: Store<ViewState>,
  { whatIf, fail }: { readonly whatIf: NonNullable<GraphSource['whatIf']>; readonly fail: (thrown: unknown) => void },
): WhatIf {
  const { graph } = store.get()
  let asked = 0
  const ask = async (off: ReadonlySet<number>) => {
    asked += 1
    const question = asked
    store.set({ off, ...(off.size === 0 && { whatIf: null }) })
    if (off.size === 0) return
    const answer = await whatIf(graph.projection, graph.key, keysOf(graph, off))
    if (question === asked) store.set({ whatIf: answer })
  }
  let drawn: ViewState['off'] | undefined
  const unwatch = store.watch(({ off }) => {
    if (off === drawn) return
    drawn = off
    parent.hidden = off.size === 0
    parent.replaceChildren(
      element('h2', {}, `${off.size} switched off`),
      element(
        'p',
        {},
        'Their masks are 0 in every layer; the masks of the others are computed again. Nothing is written.',
      ),
      button('Switch all on again', () => void ask(new Set())),
      element('pre', { 'aria-label': 'Cypher' }, cypherText(graph, keysOf(graph, off))),
    )
  })
  return {
    toggle: (node) => {
      const off = new Set(store.get().off)
      if (!off.delete(node)) off.add(node)
      ask(off).catch((thrown: unknown) => {
        store.set({ off: new Set(), whatIf: null })
        fail(thrown)
      })
    },
    close: unwatch,
  }
}

function keysOf({ nodes }: ViewedGraph, places: ReadonlySet<number>): readonly string[] {
  return [...places].flatMap((node) => nodes[node]?.key ?? [])
}

/** For Neo4j Browser, and for the shell. */
export function cypherText({ key, cypher }: ViewedGraph, without: readonly string[]): string {
  return `:param key => ${literal(key)};
:param without => [${without.map(literal).join(', ')}];
${cypher}

// what is predicted without them:
// smg score ${shellWord(key)} --without ${shellWord(without.join(','))}`
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function shellWord(text: string): string {
  return /^[\w.:,@/+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
