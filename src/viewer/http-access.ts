/**
 * Who may ask. On loopback whoever is on this machine, by a name that means it: a page of the web whose name was made to point here
 * is refused. Beyond loopback whoever has the token: as `Authorization: Bearer`, or once in the address of a page, which makes it a
 * cookie that scripts cannot read and other sites cannot send. Pages of other origins are refused everywhere.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

export interface Access {
  /** The address that is listened on. */
  readonly host: string
  /** Needed beyond loopback; `null`: none */
  readonly token: string | null
}

export interface Refusal {
  readonly status: number
  readonly error: string
  readonly headers?: Readonly<Record<string, string>>
}

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]'])
const cookieName = 'smg_token'

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Whether a request is answered, or why not; a token in the address is answered by the way to the page without it. */
export function admit(
  { headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>,
  { host, token }: Access,
): Refusal | { readonly isAdmitted: true } {
  const asked = headers.host ?? ''
  if (isLoopback(host) && !loopbackNames.has(asked.replace(/:\d+$/, '')))
    return { status: 403, error: `Cannot answer: expected a request to ${host} or localhost` }
  if (headers.origin !== undefined && !isSameOrigin(headers.origin, asked))
    return { status: 403, error: `Cannot answer: expected a page of this server, got one of ${headers.origin}` }
  if (headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate')
    return { status: 403, error: 'Cannot answer: expected a page of this server, got one of another site' }
  if (token === null) return { isAdmitted: true }
  const [path = '', words = ''] = url.split('?', 2)
  const inAddress = new URLSearchParams(words).get('token')
  if (inAddress !== null && isEqual(inAddress, token))
    return {
      status: 303,
      error: 'See the page without the token',
      headers: { location: path, 'set-cookie': `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/` },
    }
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? cookieOf(headers.cookie ?? '')
  if (given !== undefined && isEqual(given, token)) return { isAdmitted: true }
  return {
    status: 401,
    error:
      'Cannot answer: expected the token of this server, as "Authorization: Bearer TOKEN" or once as ?token=TOKEN in the address of a page',
    headers: { 'www-authenticate': 'Bearer' },
  }
}

function isSameOrigin(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}

function cookieOf(cookies: string): string | undefined {
  return cookies
    .split('; ')
    .find((cookie) => cookie.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1)
}

/** In a time that tells nothing of where they differ. */
function isEqual(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
