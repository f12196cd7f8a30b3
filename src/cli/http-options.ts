/** Where a command listens, and who may ask. */
import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import { isLoopback } from '../viewer/http-access.ts'
import { portNumber } from './whole-numbers.ts'

export interface HttpFlags {
  readonly host: string
  readonly port: number
}

export function addHttpOptions(command: Command, port: number): Command {
  return command
    .option(
      '--host <address>',
      'where to listen; beyond loopback a token is asked for, from SMG_HTTP_TOKEN or a new one',
      '127.0.0.1',
    )
    .option('--port <number>', 'to listen on; 0 for any free one', portNumber, port)
}

/** The token that is asked for, `null` on loopback without one. */
export function httpToken({ host }: HttpFlags): string | null {
  const given = process.env['SMG_HTTP_TOKEN'] || null
  return given ?? (isLoopback(host) ? null : randomBytes(24).toString('base64url'))
}

/** The address of a page with what it takes to be let in. */
export function addressWithToken(url: string, token: string | null): string {
  return token === null ? `${url}/` : `${url}/?token=${encodeURIComponent(token)}`
}
