/** Stands between a client and the test server, and keeps what they say to each other. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { testServer } from './server.ts'

export interface RecordingProxy {
  /** `bolt://127.0.0.1:PORT` */
  readonly uri: string
  /** What the client has said since the last call, and what the server has; texts stand in Bolt as they are. */
  readonly heard: () => { readonly client: string; readonly server: string }
  readonly close: () => Promise<void>
}

export async function startRecordingProxy(): Promise<RecordingProxy> {
  const { hostname, port } = new URL(testServer().uri.replace(/^[\w+]+:/, 'http:'))
  const chunks: { client: Buffer[]; server: Buffer[] } = { client: [], server: [] }
  const proxy = createServer((client) => {
    const server = connect({ host: hostname, port: Number(port) })
    client.on('data', (chunk: Buffer) => chunks.client.push(chunk)).pipe(server)
    server.on('data', (chunk: Buffer) => chunks.server.push(chunk)).pipe(client)
    client.on('error', () => server.destroy())
    server.on('error', () => client.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const { port: own } = proxy.address() as AddressInfo
  const taken = (heard: Buffer[]) => Buffer.concat(heard.splice(0)).toString('latin1')
  return {
    uri: `bolt://127.0.0.1:${own}`,
    heard: () => ({ client: taken(chunks.client), server: taken(chunks.server) }),
    close: async () => {
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
