/** Failures that pass: a server that is killed and comes back while a sync waits for it, and deadlocks. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { installLocalNeo4j } from '../../src/local-neo4j/install.ts'
import { type Nothing, ping } from '../../src/neo4j/catalogue.ts'
import { openDatabase } from '../../src/neo4j/database.ts'
import type { Statement, StatementMode } from '../../src/neo4j/statement.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { holdLock } from './support/held-lock.ts'
import { withPrivateServer } from './support/private-server.ts'
import { refusalOf } from './support/refusal.ts'
import { runSmg, startSmg } from './support/run-smg.ts'
import { testedNeo4jVersion, testServer } from './support/server.ts'
import { createSmallGraphs, smallConfig, smallSettings, syncOptions } from './support/small-projection.ts'

it('a sync goes on where it was when its server is killed and comes back, and a later one finds nothing to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smg-test-away-'))
  await withPrivateServer(await installLocalNeo4j({ neo4jVersion: testedNeo4jVersion }), [], async (server) => {
    const database = await openDatabase(server)
    await createSmallGraphs(database)
    await sync(database, smallConfig(join(folder, 'models')), syncOptions('run-1'))
    const file = { ...smallSettings('models', { writing: { pageSize: 2 } }), neo4j: { retrySeconds: 120 } }
    await writeFile(join(folder, 'smg.config.yaml'), JSON.stringify(file))
    const { uri: NEO4J_URI, password: NEO4J_PASSWORD } = server
    const place = { cwd: folder, env: { NEO4J_URI, NEO4J_PASSWORD } }
    // The lock stops the sync in the page of m4; it is gone with the server.
    const lock = await holdLock("MATCH (g:Molecule {moleculeId: 'm4'}) SET g.locked = true", {}, server)
    const command = startSmg(['sync', '--retrain', '--json', '--quiet'], place)
    const m3 = "MATCH (g:Molecule {moleculeId: 'm3'}) WHERE g.smgModel = 'shapes:2' RETURN g"
    while ((await database.query(m3, {})).rows.length === 0) if (command.child.exitCode !== null) break
    await using hasty = await openDatabase({ ...server, retrySeconds: 2 })
    await server.end('SIGKILL')
    expect(await refusalOf(hasty.run(ping, {}, {}))).toEqual({
      exitCode: 4,
      message: expect.stringMatching(
        /^Cannot reach Neo4j at .*: no server answers; .* \(connect ECONNREFUSED .*\); tried again and again for [12] s$/,
      ),
    })
    await server.start()
    const { code, stdout, stderr } = await command.ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ trained: true, scored: 12, failed: 0 })
    const next = await runSmg(['sync', '--json', '--quiet'], place)
    expect(JSON.parse(next.stdout)).toMatchObject({ trained: false, unchanged: 12, nodePropertiesWritten: 0 })
    await lock.release()
    await database.close()
  })
  await rm(folder, { recursive: true })
})

/** A statement that locks a node, then the gate, then another node. */
function lockInTurn(mode: StatementMode, first: string, last: string): Statement<Nothing, Nothing, unknown> {
  return {
    ...{ name: 'lock-in-turn', mode, row: z.unknown() },
    render: () => `
      MATCH (first:Part {name: '${first}'}) SET first.locked = true
      WITH first MATCH (gate:Part {name: 'gate'}) SET gate.locked = true
      WITH gate MATCH (last:Part {name: '${last}'}) SET last.locked = true`,
  }
}

it.each(['write', 'auto'] as const)('of two statements in a deadlock both succeed (%s)', async (mode) => {
  await using database = await openDatabase(testServer())
  const blocked = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*)"
  await database.execute("UNWIND ['A', 'gate', 'B'] AS name CREATE (:Part {name: name})", {})
  const gate = await holdLock("MATCH (n:Part {name: 'gate'}) SET n.locked = true")
  const statements = [lockInTurn(mode, 'A', 'B'), lockInTurn(mode, 'B', 'A')]
  const runs = Promise.all(statements.map((statement) => database.run(statement, {}, {})))
  while ((await database.query(blocked, {})).rows[0]?.[0] !== 2n);
  await gate.release()
  expect(await runs).toEqual([[], []])
  await database.execute('MATCH (n:Part) DELETE n', {})
})
