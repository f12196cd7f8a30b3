/** Health and metrics of a daemon over HTTP. */
import type { DaemonHealth } from '../jobs/daemon-health.ts'
import { type HttpRoute, jsonReply } from '../viewer/http-server.ts'

export interface Monitored {
  readonly health: () => DaemonHealth
  readonly metrics: { readonly contentType: string; readonly text: () => Promise<string> }
}

export function daemonRoutes({ health, metrics }: Monitored): readonly HttpRoute[] {
  return [
    {
      method: 'GET',
      path: '/health',
      answer: async () => {
        const state = health()
        return jsonReply(state.database.reachable ? 200 : 503, state)
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      answer: async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() }),
    },
  ]
}
