/** A server that gives each transaction little memory: batches are halved, and what does not fit alone is named. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { installLocalNeo4j } from '../../src/local-neo4j/install.ts'
import { openDatabase } from '../../src/neo4j/database.ts'
import { createGraphsInBatches } from '../../src/pipeline/create-graphs.ts'
import { sync } from '../../src/pipeline/sync.ts'
import type { Score } from '../../src/scoring/score.ts'
import type { WritableScore } from '../../src/write-back/score-rows.ts'
import { createScoreWriter } from '../../src/write-back/write-scores.ts'
import { writeOptions } from '../write-back/support/write-options.ts'
import { withPrivateServer } from './support/private-server.ts'
import { testedNeo4jVersion } from './support/server.ts'
import { smallConfig, smallGraph, smallShape, syncOptions } from './support/small-projection.ts'

const graphCount = 200

/** Molecules `m1` to `m8` have 5, 6, 4, 5, 6, 4, 5 and 6 atoms. */
function scoreOf(key: string, embeddingSize: number): WritableScore {
  const nodeKeys = smallGraph(Number(key.slice(1))).members.map(({ atomId }) => String(atomId))
  const score: Score = {
    ...{ key, prediction: 'ring', probability: 1, probabilities: [0, 1], layers: 2, maskChannels: null, nodeKeys },
    embedding: new Float32Array(embeddingSize).fill(0.5),
    masks: new Float32Array(2 * nodeKeys.length).fill(0.5),
  }
  return { score, fingerprint: `f-${key}` }
}

it('scores all graphs of a database whose server has not the memory for a whole page, but those too large by themselves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smg-test-memory-'))
  const installation = await installLocalNeo4j({ neo4jVersion: testedNeo4jVersion })
  await withPrivateServer(installation, ['db.memory.transaction.max=4m'], async (server) => {
    await using database = await openDatabase(server)
    for (let first = 1; first <= graphCount; first += 20)
      await createGraphsInBatches(
        database,
        smallShape,
        Array.from({ length: 20 }, (_, i) => smallGraph(first + i)),
      )
    // One with 20,000 atoms of long names, which the server cannot even read at once.
    await database.execute("CREATE (:Molecule {moleculeId: 'large'})", {})
    const name = 'x'.repeat(300)
    for (let first = 0; first < 20_000; first += 500)
      await database.execute(
        `MATCH (m:Molecule {moleculeId: 'large'})
         UNWIND range($first, $first + 499) AS i
         CREATE (m)<-[:PART_OF]-(:Atom {atomId: $name + i, element: 'C', charge: 0.5})`,
        { first: BigInt(first), name },
      )
    const config = smallConfig(join(folder, 'models'), {
      model: { modelName: 'shapes', layers: 2, hidden: 256 },
      training: { epochs: 1, batchSize: 32 },
      writing: { pageSize: 201, concurrency: 1 },
    })
    const result = await sync(database, config, syncOptions('run-1'))
    expect(result.problems).toEqual([
      { key: 'large', message: expect.stringMatching(/^Cannot read graph large: .*the server has not enough memory/) },
    ])
    expect(result).toMatchObject({ scored: graphCount, failed: 1, unchanged: 0 })
    const { rows } = await database.query(
      'MATCH (a:Atom)-[:PART_OF]->(m) WHERE m.smgRunId IS NOT NULL AND a.smgMaskLayer2 > 0 RETURN count(DISTINCT m)',
      {},
    )
    expect(rows).toEqual([[BigInt(graphCount)]])

    // Of eight scores in one transaction the third is too large by itself.
    const scores = Array.from({ length: 8 }, (_, i) => scoreOf(`m${i + 1}`, i === 2 ? 400_000 : 4))
    const { projection, writing } = config
    const written = await createScoreWriter(database, {
      ...writeOptions({ projection, writing }),
      runId: 'run-2',
    }).write(scores)
    expect(written).toMatchObject({ nodeCount: 37, outdated: [] })
    expect(written.problems).toEqual([
      {
        key: 'm3',
        message: expect.stringMatching(
          /^Cannot write the scores of graph m3, which go into one transaction: .*the server has not enough memory/,
        ),
      },
    ])
    const runs = await database.query('MATCH (m:Molecule) RETURN m.smgRunId, count(*) ORDER BY m.smgRunId', {})
    expect(runs.rows).toEqual([
      ['run-1', BigInt(graphCount - 7)],
      ['run-2', 7n],
      [null, 1n],
    ])
  })
  await rm(folder, { recursive: true })
})
