/** The viewer over HTTP: its page, and what the page asks for. Nothing can be changed through it. */
import pLimit from 'p-limit'
import { ConfigError } from '../../errors.ts'
import type { Database } from '../../neo4j/database.ts'
import { type HttpReply, type HttpRoute, jsonReply } from '../../viewer/http-server.ts'
import { viewerPage } from '../../viewer/page-html.ts'
import { readViewedGraph } from './read-viewed-graph.ts'
import { reportRoutes } from './report-routes.ts'
import { wordOf } from './request-words.ts'
import { scoredGraphs } from './scored-graphs.ts'
import { projectionEntry, type ViewedProjections } from './viewed-projections.ts'
import { viewedWhatIf } from './viewed-what-if.ts'

export interface ViewerRoutesOptions {
  readonly database: Database
  readonly projections: ViewedProjections
  readonly version: string
  /** Ends what is being computed. */
  readonly signal: AbortSignal
}

export function viewerRoutes({ database, projections, version, signal }: ViewerRoutesOptions): readonly HttpRoute[] {
  // Computing takes all there is of the processor, and a model's memory.
  const oneAtATime = pLimit(1)
  const page = async (): Promise<HttpReply> => {
    const { html, contentSecurityPolicy } = await viewerPage({ kind: 'server', version })
    const headers = { 'content-security-policy': `${contentSecurityPolicy}; frame-ancestors 'none'` }
    return { status: 200, type: 'text/html; charset=utf-8', body: html, headers }
  }
  const get = (path: string, answer: (query: URLSearchParams) => Promise<unknown>): HttpRoute => ({
    method: 'GET',
    path,
    answer: async ({ query }) => jsonReply(200, await answer(query)),
  })
  return [
    { method: 'GET', path: '/', answer: page },
    ...reportRoutes(database),
    get('/api/projections', async () => {
      const configs = await Promise.all((await projections.names()).map(projections.config))
      return Promise.all(configs.map((config) => projectionEntry(database, config)))
    }),
    get('/api/graphs', async (query) =>
      scoredGraphs(database, await projections.config(wordOf(query, 'projection')), {
        search: query.get('search') ?? '',
        prediction: query.get('prediction') || null,
        minProbability: numberOf(query, 'minProbability', 0),
        maxProbability: numberOf(query, 'maxProbability', 1),
        disagreeing: query.get('disagreeing') === 'true',
        from: Math.max(0, Math.trunc(numberOf(query, 'from', 0))),
      }),
    ),
    get('/api/graph', async (query) =>
      readViewedGraph(database, await projections.config(wordOf(query, 'projection')), wordOf(query, 'key')),
    ),
    {
      method: 'POST',
      path: '/api/what-if',
      answer: async ({ body }) => {
        const { projection, key, without } = whatIfQuestion(body)
        const config = await projections.config(projection)
        return jsonReply(200, await oneAtATime(() => viewedWhatIf(database, config, { key, without }, signal)))
      },
    },
  ]
}

function numberOf(query: URLSearchParams, name: string, otherwise: number): number {
  const word = query.get(name) ?? ''
  const number = word === '' ? otherwise : Number(word)
  if (!Number.isFinite(number)) throw new ConfigError(`Cannot answer: expected a number as ${name}, got '${word}'`)
  return number
}

interface WhatIfWords {
  readonly projection: string
  readonly key: string
  readonly without: readonly string[]
}

/** @throws ConfigError where it is not the JSON that is expected */
function whatIfQuestion(body: string): WhatIfWords {
  const isText = (value: unknown): value is string => typeof value === 'string'
  try {
    const { projection, key, without } = JSON.parse(body)
    if (isText(projection) && isText(key) && Array.isArray(without) && without.every(isText))
      return { projection, key, without }
  } catch (cause) {
    throw new ConfigError('Cannot answer: expected JSON', { cause })
  }
  throw new ConfigError('Cannot answer: expected {"projection": text, "key": text, "without": [text]}')
}
