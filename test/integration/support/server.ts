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
    server: TestServer
  }
}

/** For servers that live as long as a test: no time spent on optimising what runs once. */
export const quickStart = { heapMegabytes: 1024, jvmArguments: ['-XX:TieredStopAtLevel=1'] } as const

/** The server that global-setup.ts provides to every integration test. */
export function testServer(): TestServer {
  return inject('server')
}
