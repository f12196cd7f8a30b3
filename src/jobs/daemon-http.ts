/**
 * Health and metrics of a daemon over HTTP, on loopback alone. Nothing can be changed through it; pages of other origins cannot
 * read it, nor can one whose host name was made to point here.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigError, isErrorWithCode, messageOf } from '../errors.ts'
import type { DaemonHealth } from './daemon-health.ts'

export interface HttpOptions {
  /** 0 for any that is free. */
  readonly port: number
  readonly health: () => DaemonHealth
  readonly metrics: { readonly contentType: string; readonly text: () => Promise<string> }
}

export interface DaemonHttp {
  /** Such as http://127.0.0.1:9474 */
  readonly url: string
  readonly close: () => Promise<void>
}

const host = '127.0.0.1'
const ownNames = new Set([host, 'localhost', '[::1]'])
const limits = { maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 5_000 }
const mostConnections = 64

/** @throws ConfigError where the port cannot be had */
export async function startDaemonHttp(options: HttpOptions): Promise<DaemonHttp> {
  const server = createServer(limits, (request, response) => {
    answer(request, options).then(
      (reply) => send(response, reply),
      (thrown: unknown) => send(response, refusal(500, messageOf(thrown))),
    )
  })
  server.maxConnections = mostConnections
  const { port } = await listen(server, options.port)
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly allow?: string
}

async function answer(
  { method, url = '', headers }: IncomingMessage,
  { health, metrics }: HttpOptions,
): Promise<Reply> {
  if (!ownNames.has((headers.host ?? '').replace(/:\d+$/, '')))
    return refusal(403, `Cannot answer: expected a request to ${host} or localhost`)
  const path = url.split('?', 1)[0]
  if (path !== '/health' && path !== '/metrics') return refusal(404, 'Cannot answer: expected /health or /metrics')
  if (method !== 'GET') return { ...refusal(405, 'Cannot answer: expected GET'), allow: 'GET' }
  if (path === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.text() }
  const state = health()
  return json(state.database.reachable ? 200 : 503, state)
}

function refusal(status: number, error: string): Reply {
  return json(status, { error })
}

function json(status: number, value: unknown): Reply {
  return { status, type: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n` }
}

function send(response: ServerResponse, { status, type, body, allow }: Reply): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(allow !== undefined && { allow }),
  })
  response.end(body)
}

async function listen(server: Server, port: number): Promise<Pick<AddressInfo, 'port'>> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(port, cause)))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address : { port }
}

function cannotListen(port: number, cause: unknown): ConfigError {
  const reason = isErrorWithCode(cause, 'EADDRINUSE') ? 'another program has it' : messageOf(cause)
  return new ConfigError(
    `Cannot serve health and metrics: expected port ${port} of ${host} to be free, got: ${reason}; give another with --port, any free one with --port 0, or do without with --no-http`,
    { cause },
  )
}
