/** Encrypted connections, to a server whose certificate an authority of the test's own has signed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { installLocalNeo4j } from '../../src/local-neo4j/install.ts'
import { openDatabase } from '../../src/neo4j/database.ts'
import { makeCertificates } from './support/certificates.ts'
import { withPrivateServer } from './support/private-server.ts'
import { refusalOf } from './support/refusal.ts'
import { runSmg } from './support/run-smg.ts'
import { testedNeo4jVersion, testServer } from './support/server.ts'

const distrust = (uri: string, scheme: string) =>
  `Cannot trust the server at ${uri}: its certificate is not signed by an authority that is known here (UNABLE_TO_VERIFY_LEAF_SIGNATURE); name the file of that authority's certificate in NODE_EXTRA_CA_CERTS, or use ${scheme}+ssc:// to encrypt without this check`

it('are trusted with NODE_EXTRA_CA_CERTS or +ssc, and refused with what to do else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smg-test-tls-'))
  const { authorityFile, settings } = await makeCertificates(folder)
  await withPrivateServer(await installLocalNeo4j({ neo4jVersion: testedNeo4jVersion }), settings, async (server) => {
    const at = (scheme: string) => server.uri.replace('bolt', scheme)
    const refusalAt = (uri: string) => refusalOf(openDatabase({ ...server, uri }))
    // The variable is read when a process starts.
    const asked = (uri: string) =>
      runSmg(['query', 'RETURN 1 AS one', '--json', '-a', uri, '-p', server.password], {
        cwd: folder,
        env: { NODE_EXTRA_CA_CERTS: authorityFile },
      })
    const [bolt, neo4j, elsewhere] = await Promise.all([
      asked(at('bolt+s')),
      asked(at('neo4j+s')),
      asked(at('bolt+s').replace('127.0.0.1', 'localhost')),
    ])
    for (const { code, stdout } of [bolt, neo4j]) expect([code, JSON.parse(stdout)]).toEqual([0, [{ one: 1 }]])
    expect(elsewhere).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(
        /^Cannot trust the server at bolt\+s:\/\/localhost:\d+: its certificate is for another host name \(ERR_TLS_CERT_ALTNAME_INVALID\); use the name that it was made for\n$/,
      ),
    })
    for (const scheme of ['bolt', 'neo4j']) {
      await using database = await openDatabase({ ...server, uri: at(`${scheme}+ssc`) })
      expect((await database.query('RETURN 1.0', {})).rows).toEqual([[1]])
      expect(await refusalAt(at(`${scheme}+s`))).toEqual({ exitCode: 4, message: distrust(at(`${scheme}+s`), scheme) })
      expect(await refusalAt(at(scheme))).toEqual({
        exitCode: 4,
        message: `Cannot reach Neo4j at ${at(scheme)}: no server answers; start it, or check address and port, or use ${scheme}+s:// if it takes encrypted connections only (Connection was closed by server)`,
      })
    }
  })
  await rm(folder, { recursive: true })
})

it.each(['bolt', 'neo4j'])('are refused where the server does not encrypt (%s)', async (scheme) => {
  const uri = testServer().uri.replace(/^\w+/, `${scheme}+s`)
  const { exitCode, message } = await refusalOf(openDatabase({ ...testServer(), uri }))
  expect(exitCode).toBe(4)
  expect(message).toMatch(
    new RegExp(`: the server there does not encrypt \\(.*\\); use ${scheme}://, or set server.bolt.tls_level there$`),
  )
})
