/** What a cluster needs of its clients, on a server that is a cluster of one. */
import { expect, it } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src/neo4j/database.ts'
import type { Statement, StatementMode } from '../../src/neo4j/statement.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { startRecordingProxy } from './support/recording-proxy.ts'
import { refusalOf } from './support/refusal.ts'
import { testServer } from './support/server.ts'
import { createSmallGraphs, smallConfig, syncOptions } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

type NoNames = Readonly<Record<never, never>>

function statementOf(mode: StatementMode, cypher: string): Statement<NoNames, NoNames, unknown> {
  return { name: `a-${mode}`, mode, row: z.unknown(), render: () => cypher }
}

const create = 'CREATE (n:Part) RETURN 1 AS one'
const place = workPlace()

it('a sync finds its way by the routing table of a neo4j:// address', async () => {
  await using database = await openDatabase({ ...testServer(), uri: testServer().uri.replace(/^\w+/, 'neo4j') })
  await createSmallGraphs(database)
  const config = smallConfig(place.folder)
  expect(await sync(database, config, syncOptions('run-1'))).toMatchObject({ scored: 12, failed: 0 })
  expect(await sync(database, config, syncOptions('run-2'))).toMatchObject({ unchanged: 12, nodePropertiesWritten: 0 })
})

it('each statement says which bookmark it has to see, and whether it reads, for which followers will do', async () => {
  const proxy = await startRecordingProxy()
  {
    await using database = await openDatabase({ ...testServer(), uri: proxy.uri })
    const modes = ['write', 'read', 'auto', 'read'] as const
    const said: { mode: StatementMode; client: string; server: string }[] = []
    for (const mode of modes) {
      proxy.heard()
      await database.run(statementOf(mode, mode === 'read' ? 'MATCH (n:Part) RETURN n' : create), {}, {})
      said.push({ mode, ...proxy.heard() })
    }
    // In PackStream, \x81 announces a text of one character.
    expect(said.map(({ client }) => client.includes('mode\x81r'))).toEqual([false, true, false, true])
    const bookmarks = said.map(({ server }) => bookmarkIn(server))
    expect(new Set([bookmarks[0], bookmarks[2]]).size).toBe(2)
    said.slice(1).forEach(({ client }, i) => {
      expect(bookmarkIn(client)).toBe(bookmarks[i])
    })
  }
  await proxy.close()
})

/** The last bookmark in a part of a conversation. */
const bookmarkIn = (conversation: string) => conversation.match(/FB:[\w+/=]+/g)?.at(-1)

it('a statement that only reads may not write', async () => {
  const refused = await refusalOf(place.database.run(statementOf('read', create), {}, {}))
  expect(refused.message).toMatch(/^Cannot run the statement 'a-read' on .*: Writing in read access mode not allowed/)
})
