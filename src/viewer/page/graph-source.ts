/** Where the page has its graphs from: its own file, or the server it came from. */
import type { ViewedGraph } from '../viewed-graph.ts'
import {
  type GraphEntry,
  type GraphFilter,
  type GraphPage,
  graphsPerPage,
  type PageData,
  type ProjectionEntry,
  type WhatIfAnswer,
} from '../viewer-api.ts'

export interface GraphSource {
  readonly projections: () => Promise<readonly ProjectionEntry[]>
  readonly list: (projection: string, filter: GraphFilter, from: number) => Promise<GraphPage>
  readonly graph: (projection: string, key: string) => Promise<ViewedGraph>
  /** `null` where there is nobody to compute it. */
  readonly whatIf: ((projection: string, key: string, without: readonly string[]) => Promise<WhatIfAnswer>) | null
}

export function graphSource(data: PageData): GraphSource {
  return data.kind === 'file' ? fileSource(data.graphs) : serverSource()
}

function fileSource(graphs: readonly ViewedGraph[]): GraphSource {
  const of = (projection: string) => graphs.filter((graph) => graph.projection === projection)
  return {
    projections: async () => {
      const names = [...new Set(graphs.map(({ projection }) => projection))]
      return names.map((name) => {
        const [first] = of(name)
        const classes = first?.probabilities.map((each) => each.name) ?? []
        return { name, targetProperty: first?.targetProperty ?? '', classes }
      })
    },
    list: async (projection, filter, from) => {
      const entries = of(projection)
        .map(entryOf)
        .filter((entry) => isListed(entry, filter))
      const next = from + graphsPerPage
      return { graphs: entries.slice(from, next), next: next < entries.length ? next : null }
    },
    graph: async (projection, key) => {
      const found = of(projection).find((graph) => graph.key === key)
      if (found === undefined) throw new Error(`Cannot show graph ${key}: this file does not have it`)
      return found
    },
    whatIf: null,
  }
}

function entryOf({ key, prediction, probabilities, target }: ViewedGraph): GraphEntry {
  return {
    key,
    prediction,
    probability: probabilities.find(({ name }) => name === prediction)?.probability ?? null,
    target,
  }
}

/** As the server tells it of its graphs. */
export function isListed(
  { key, prediction, probability, target }: GraphEntry,
  { search, prediction: wanted, minProbability, maxProbability, disagreeing }: GraphFilter,
): boolean {
  if (!key.includes(search)) return false
  if (wanted !== null && String(prediction) !== wanted) return false
  if (probability !== null && (probability < minProbability || probability > maxProbability)) return false
  return !disagreeing || (target !== null && String(target) !== String(prediction))
}

function serverSource(): GraphSource {
  return {
    projections: () => ask('api/projections'),
    list: (projection, { prediction, ...filter }, from) => {
      const words = Object.entries(filter).map(([name, value]) => [name, `${value}`])
      return ask(
        `api/graphs?${parameters({ projection, from: `${from}`, prediction: prediction ?? '', ...Object.fromEntries(words) })}`,
      )
    },
    graph: (projection, key) => ask(`api/graph?${parameters({ projection, key })}`),
    whatIf: (projection, key, without) =>
      ask('api/what-if', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ projection, key, without }),
      }),
  }
}

function parameters(words: Readonly<Record<string, string>>): string {
  return new URLSearchParams(words).toString()
}

/** The server's answer as JSON, or its sentence on why there is none. */
async function ask(path: string, options: RequestInit = {}) {
  const response = await fetch(path, { ...options, cache: 'no-store' })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? `The server answered ${response.status}`)
  return answer
}
