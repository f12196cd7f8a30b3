/** Serves pages and answers over HTTP to those who may ask. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  ConfigError,
  DatabaseError,
  isErrorWithCode,
  messageOf,
  ServerMemoryError,
  SmgError,
  SourceDataError,
} from '../errors.ts'
import { type Access, admit, type Refusal } from './http-access.ts'

export interface HttpQuestion {
  readonly query: URLSearchParams
  /** Of a POST. */
  readonly body: string
}

export interface HttpReply {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface HttpRoute {
  readonly method: 'GET' | 'POST'
  /** Such as /health */
  readonly path: string
  /** What it throws is answered as a sentence with a status that fits. */
  readonly answer: (question: HttpQuestion) => Promise<HttpReply>
}

export interface HttpOptions extends Access {
  /** 0 for any that is free. */
  readonly port: number
  readonly routes: readonly HttpRoute[]
}

export interface HttpServer {
  /** Such as http://127.0.0.1:9474 */
  readonly url: string
  readonly close: () => Promise<void>
}

const limits = { maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 5_000 }
const mostConnections = 64
const mostBodyBytes = 1_000_000

/** @throws ConfigError where the port cannot be had */
export async function startHttpServer(options: HttpOptions): Promise<HttpServer> {
  const server = createServer(limits, (request, response) => {
    answer(request, options).then(
      (reply) => send(response, reply),
      (thrown: unknown) => send(response, jsonReply(statusOf(thrown), { error: messageOf(thrown) })),
    )
  })
  server.maxConnections = mostConnections
  const { port } = await listen(server, options)
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function jsonReply(status: number, value: unknown): HttpReply {
  return { status, type: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n` }
}

async function answer(request: IncomingMessage, options: HttpOptions): Promise<HttpReply> {
  const { method, url = '' } = request
  const admitted = admit(request, options)
  if ('status' in admitted) return refused(admitted)
  const [path = '', words = ''] = url.split('?', 2)
  const atPath = options.routes.filter((route) => route.path === path)
  if (atPath.length === 0) {
    const paths = [...new Set(options.routes.map((route) => route.path))].join(', ')
    return jsonReply(404, { error: `Cannot answer: expected ${paths}` })
  }
  const route = atPath.find((each) => each.method === method)
  if (route === undefined) {
    const allow = atPath.map((each) => each.method).join(', ')
    return { ...jsonReply(405, { error: `Cannot answer: expected ${allow}` }), headers: { allow } }
  }
  const body = method === 'POST' ? await bodyOf(request) : ''
  return route.answer({ query: new URLSearchParams(words), body })
}

function refused({ status, error, headers = {} }: Refusal): HttpReply {
  return { ...jsonReply(status, { error }), headers }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  // Browsers let a page of another origin send anything but JSON without asking.
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new ConfigError('Cannot answer: expected content-type application/json')
  if (!(Number(request.headers['content-length']) <= mostBodyBytes))
    throw new ConfigError(`Cannot answer: expected a content-length of at most ${mostBodyBytes}`)
  return text(request)
}

function statusOf(thrown: unknown): number {
  if (thrown instanceof SourceDataError) return 404
  if (thrown instanceof ConfigError) return 400
  if (thrown instanceof DatabaseError || thrown instanceof ServerMemoryError) return 503
  return thrown instanceof SmgError ? 409 : 500
}

function send(response: ServerResponse, { status, type, body, headers }: HttpReply): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    ...headers,
  })
  response.end(body)
}

async function listen(server: Server, { host, port }: HttpOptions): Promise<Pick<AddressInfo, 'port'>> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen({ host, port }, cause)))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address : { port }
}

function cannotListen({ host, port }: Pick<HttpOptions, 'host' | 'port'>, cause: unknown): ConfigError {
  const reason = isErrorWithCode(cause, 'EADDRINUSE') ? 'another program has it' : messageOf(cause)
  return new ConfigError(
    `Cannot serve over HTTP: expected port ${port} of ${host} to be free, got: ${reason}; give another with --port, or any free one with --port 0`,
    { cause },
  )
}
