import { describe, expect, it } from 'vitest'
import { noConnection } from '../../src/neo4j/connection-failures.ts'

const distrusted = (code: string) =>
  new Error(`Server certificate is not trusted. Much advice. Socket responded with: ${code}`)

describe('noConnection()', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'its certificate has expired (CERT_HAS_EXPIRED); renew it there'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'its certificate is for another host name (ERR_TLS_CERT_ALTNAME_INVALID); use the name that it was made for',
    ],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      "its certificate is not signed by an authority that is known here (DEPTH_ZERO_SELF_SIGNED_CERT); name the file of that authority's certificate in NODE_EXTRA_CA_CERTS, or use neo4j+ssc:// to encrypt without this check",
    ],
  ])('says what is wrong with a certificate: %s', (code, problem) => {
    const discovery = new Error('Could not perform discovery. No routing servers.', { cause: distrusted(code) })
    for (const thrown of [distrusted(code), discovery])
      expect(noConnection(thrown, 'neo4j+s://db', true)).toBe(`Cannot trust the server at neo4j+s://db: ${problem}`)
  })

  it('names the first cause, behind all that came of it', () => {
    const refused = new Error('Failed. Advice.\nCaused by: connect ECONNREFUSED 10.0.0.1:7687')
    const thrown = new Error('Could not perform discovery. No routing servers.', { cause: refused })
    expect(noConnection(thrown, 'neo4j://db', false)).toBe(
      'Cannot reach Neo4j at neo4j://db: no server answers; start it, or check address and port (connect ECONNREFUSED 10.0.0.1:7687)',
    )
  })

  it('thinks of encryption when a server hangs up at once, not when a connection is lost later', () => {
    const closed = new Error('Connection was closed by server')
    const advice = 'or use bolt+s:// if it takes encrypted connections only'
    expect(noConnection(closed, 'bolt://db', true)).toContain(advice)
    expect(noConnection(closed, 'bolt://db', false)).not.toContain(advice)
    expect(noConnection(closed, 'bolt+s://db', true)).not.toContain(advice)
  })
})
