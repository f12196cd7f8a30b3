import { once } from 'node:events'
import { request } from 'node:http'
import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import { createHealthWatch, type HealthWatch } from '../../src/jobs/daemon-health.ts'
import { createDaemonMetrics, type DaemonMetrics } from '../../src/jobs/daemon-metrics.ts'
import { monitors } from '../../src/jobs/daemon-monitor.ts'
import { daemonRoutes } from '../../src/pipeline/daemon-routes.ts'
import { type HttpRoute, type HttpServer, jsonReply, startHttpServer } from '../../src/viewer/http-server.ts'

const startedAt = '2026-01-01T00:00:00.000Z'
let now: Date
let watch: HealthWatch
let metrics: DaemonMetrics
let server: HttpServer
const loopback = { host: '127.0.0.1', port: 0, token: null }

beforeEach(async () => {
  now = new Date(startedAt)
  watch = createHealthWatch({ daemonId: 'd', version: '1.2.3', startedAt, databaseName: 'neo4j', now: () => now })
  metrics = createDaemonMetrics()
  server = await startHttpServer({ ...loopback, routes: [...daemonRoutes({ health: watch.health, metrics }), echo] })
})
afterEach(() => server.close())

/** Answers with what it was asked. */
const echo: HttpRoute = {
  method: 'POST',
  path: '/echo',
  answer: async ({ query, body }) => jsonReply(200, { query: Object.fromEntries(query), body }),
}

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(`${server.url}${path}`, init)
  return { status: response.status, headers: response.headers, body: await response.text() }
}

/** As `fetch` does not let one choose the host. */
async function statusFor(headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const sent = request(`${server.url}/health`, { headers })
  sent.end()
  const [response] = await once(sent, 'response')
  await text(response)
  return response.statusCode
}

describe('GET /health', () => {
  it('says who runs what, and since when the database has answered', async () => {
    const job = {
      jobId: 'j',
      command: 'sync',
      projection: 'cases',
      attempt: 1,
      phase: 'train',
      progress: 0.25,
      etaSeconds: 9,
    }
    watch.monitor.started(() => job)
    watch.monitor.looked(new Date('2026-01-01T00:00:02Z'), { waiting: 0, running: 1 })
    const { status, headers, body } = await get('/health')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(JSON.parse(body)).toEqual({
      daemonId: 'd',
      version: '1.2.3',
      startedAt,
      database: { name: 'neo4j', reachable: true },
      runningJob: job,
      lastLookAt: '2026-01-01T00:00:02.000Z',
    })
  })

  it('is 503 from a look that failed to one that succeeds', async () => {
    expect((await get('/health')).status).toBe(200)
    watch.monitor.lookFailed()
    const { status, body } = await get('/health')
    expect([status, JSON.parse(body).database.reachable]).toEqual([503, false])
    watch.monitor.looked(new Date(startedAt), { waiting: 0, running: 0 })
    expect((await get('/health')).status).toBe(200)
  })

  it('is 503 while a look takes more than half a minute', async () => {
    watch.monitor.looked(new Date(startedAt), { waiting: 0, running: 0 })
    now = new Date('2026-01-01T00:00:31Z')
    expect((await get('/health')).status).toBe(503)
  })
})

describe('GET /metrics', () => {
  it('counts jobs by command and status, firings, and the last look', async () => {
    const monitor = monitors(watch.monitor, metrics.monitor)
    monitor.looked(new Date('2026-01-01T00:00:02.500Z'), { waiting: 3, running: 1 })
    monitor.fired({ made: 2, skipped: 5 })
    monitor.jobEnded({ command: 'sync', status: 'FINISHED', seconds: 42 })
    monitor.jobEnded({ command: 'sync', status: 'PENDING', seconds: 1 })
    monitor.jobSettled('nobody knows this one', 'FAILED')
    monitor.lookFailed()
    const { status, headers, body } = await get('/metrics')
    expect([status, headers.get('content-type')]).toEqual([200, metrics.contentType])
    const lines = body.split('\n')
    for (const line of [
      '# TYPE smg_jobs_total counter',
      'smg_jobs_total{command="sync",status="FINISHED"} 1',
      'smg_jobs_total{command="sync",status="FAILED"} 0',
      'smg_jobs_total{command="unknown",status="FAILED"} 1',
      'smg_job_duration_seconds_bucket{le="15",command="sync"} 0',
      'smg_job_duration_seconds_bucket{le="60",command="sync"} 1',
      'smg_job_duration_seconds_count{command="sync"} 1',
      'smg_jobs_waiting 3',
      'smg_jobs_running 1',
      'smg_firings_made_total 2',
      'smg_firings_skipped_total 5',
      'smg_looks_failed_total 1',
      'smg_last_look_timestamp_seconds 1767225602.5',
    ])
      expect(lines).toContain(line)
    expect(body).not.toContain('PENDING')
  })

  it('has a registry of its own for each daemon', async () => {
    createDaemonMetrics().monitor.fired({ made: 1, skipped: 0 })
    expect(await metrics.text()).toContain('smg_firings_made_total 0')
  })
})

describe('the server', () => {
  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('refuses %s, and says what it takes', async (method) => {
    const { status, headers } = await get('/health', { method })
    expect([status, headers.get('allow')]).toEqual([405, 'GET'])
  })

  it.each(['/', '/healthz', '/metrics/', '/../health/x', '//health'])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  it('lets no page of another origin read it', async () => {
    const { headers } = await get('/health', { headers: { origin: 'https://example.org' } })
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(await statusFor({ origin: 'https://example.org' })).toBe(403)
    expect(await statusFor({ origin: 'null' })).toBe(403)
    expect(await statusFor({ origin: server.url })).toBe(200)
    expect(await statusFor({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403)
    expect(await statusFor({ host: 'example.org' })).toBe(403)
    expect(await statusFor({ host: 'localhost:1234' })).toBe(200)
  })

  it('takes JSON of a POST, and nothing else', async () => {
    const post = (headers: Record<string, string>, body: string) => get('/echo?a=1', { method: 'POST', headers, body })
    const json = { 'content-type': 'application/json' }
    expect(JSON.parse((await post(json, '{}')).body)).toEqual({ query: { a: '1' }, body: '{}' })
    expect((await post({ 'content-type': 'text/plain' }, '{}')).status).toBe(400)
    expect((await post(json, ' '.repeat(1_000_001))).status).toBe(400)
    expect((await get('/echo')).status).toBe(405)
  })

  it('refuses headers that are too long', async () => {
    expect(await statusFor({ 'x-long': 'x'.repeat(9_000) })).toBe(431)
  })

  it('closes at once, whoever is still connected', async () => {
    const socket = createConnection(Number(new URL(server.url).port), '127.0.0.1')
    await once(socket, 'connect')
    await server.close()
    await once(socket, 'close')
  })

  it('says what to do where its port is taken', async () => {
    const { port } = new URL(server.url)
    const second = startHttpServer({ ...loopback, port: Number(port), routes: [] })
    await expect(second).rejects.toThrow(ConfigError)
    await expect(second).rejects.toThrow(
      `Cannot serve over HTTP: expected port ${port} of 127.0.0.1 to be free, got: another program has it; give another with --port, or any free one with --port 0`,
    )
  })
})
