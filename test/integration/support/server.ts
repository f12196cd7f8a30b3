import { inject } from 'vitest'

/** A server for tests; fits `openDatabase()`. */
export interface TestServer {
  readonly uri: string
  readonly username: string
  readonly password: string
  readonly database: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker. */
    servers: readonly TestServer[]
  }
}

/** Release of the servers that tests start; `undefined` for that of the product. */
export const testedNeo4jVersion = process.env['SMG_TEST_NEO4J_VERSION'] || undefined

/** The server of the worker that runs this test; see global-setup.ts. */
export function testServer(): TestServer {
  const servers = inject('servers')
  const server = servers[(Number(process.env['VITEST_POOL_ID']) - 1) % servers.length]
  if (server === undefined) throw new Error(`expected a server for worker ${process.env['VITEST_POOL_ID']}`)
  return server
}
