/** Ports of the loopback interface. */
import { connect, createServer } from 'node:net'
import { DatabaseError } from '../errors.ts'

export const loopback = '127.0.0.1'
export const defaultPort = 7687
const portsTried = 100
const connectTimeoutMillis = 1000

/** True when something accepts connections there. */
export function isAccepting(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: loopback, port })
    const finish = (isOpen: boolean) => {
      socket.destroy()
      resolve(isOpen)
    }
    socket.setTimeout(connectTimeoutMillis, () => finish(false))
    socket.once('connect', () => finish(true))
    socket.once('error', () => finish(false))
  })
}

/** A port that the system says nobody uses. */
export async function anyFreePort(): Promise<number> {
  const port = await listenBriefly(0)
  if (port === undefined) throw new DatabaseError(`Cannot find a free port on ${loopback}`)
  return port
}

/** True when a server could listen there now. */
export async function isFree(port: number): Promise<boolean> {
  return !(await isAccepting(port)) && (await listenBriefly(port)) !== undefined
}

/**
 * The first free port from `first` on.
 * @throws DatabaseError when none of a hundred is free.
 */
export async function nextFreePort(first: number): Promise<number> {
  for (let port = first; port < first + portsTried; port++) if (await isFree(port)) return port
  throw new DatabaseError(
    `Cannot start the local Neo4j: ports ${first} to ${first + portsTried - 1} of ${loopback} are all taken; name a free one with --port`,
  )
}

/** Listens and stops again; gives the port, or `undefined` when that failed. */
function listenBriefly(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ host: loopback, port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
