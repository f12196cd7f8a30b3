import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { anyFreePort, isAccepting, isFree, loopback, nextFreePort } from '../../src/local-neo4j/ports.ts'

async function takenPort(): Promise<number> {
  const server = createServer()
  server.listen(0, loopback)
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address')
  return address.port
}

describe('isFree()', () => {
  it('does not hold for a port that somebody listens on', async () => {
    const port = await takenPort()
    expect(await isFree(port)).toBe(false)
    expect(await isAccepting(port)).toBe(true)
  })

  it('holds for the one anyFreePort() gives', async () => {
    const port = await anyFreePort()
    expect(await isFree(port)).toBe(true)
    expect(await isAccepting(port)).toBe(false)
  })
})

describe('nextFreePort()', () => {
  it('passes over a taken port', async () => {
    const port = await takenPort()
    expect(await nextFreePort(port)).toBeGreaterThan(port)
  })
})
