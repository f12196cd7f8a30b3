/** Writing scores, and the indexes around them, on a server. */
import { beforeEach, describe, expect, it } from 'vitest'
import { InterruptedError } from '../../src/errors.ts'
import { indexes } from '../../src/neo4j/catalogue.ts'
import { createGraphsInBatches } from '../../src/pipeline/create-graphs.ts'
import type { Score } from '../../src/scoring/score.ts'
import { ensureEmbeddingIndex, ensureKeyIndex } from '../../src/write-back/indexes.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import type { WritableScore } from '../../src/write-back/score-rows.ts'
import { writeScorePage } from '../../src/write-back/write-scores.ts'
import { writeOptions } from '../write-back/support/write-options.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const { projection } = writeOptions()
/** As wide as makes three transactions of {@link graphCount} graphs. */
const embeddingSize = 4000
const graphCount = 300
const keyOf = (i: number) => `case ${i}`

/** The score of case `i`, whose accounts are `i-1` and `i-2`. */
function scoreOf(i: number): WritableScore {
  const score: Score = {
    key: keyOf(i),
    prediction: 'true',
    probability: 0.5 + i / 1000,
    probabilities: [0.5 - i / 1000, 0.5 + i / 1000],
    embedding: new Float32Array(embeddingSize).fill(i),
    nodeKeys: [`${i}-1`, `${i}-2`],
    masks: Float32Array.of(0.25, 0.5, 0.625, 0.75),
    maskChannels: null,
    layers: 2,
  }
  return { score, fingerprint: `f${i}` }
}

const scores = Array.from({ length: graphCount }, (_, i) => scoreOf(i))

beforeEach(async () => {
  await createGraphsInBatches(
    place.database,
    {
      graphLabel: 'Case',
      commonLabel: 'Case',
      graphKey: 'caseId',
      nodeLabel: 'Account',
      nodeKey: 'accountId',
      membershipType: 'MEMBER_OF',
      relationshipType: 'PAID',
    },
    scores.map((_, i) => ({
      key: keyOf(i),
      properties: { caseId: keyOf(i) },
      members: [{ accountId: `${i}-1` }, { accountId: `${i}-2` }],
      relationships: [],
    })),
  )
})

async function rows(statement: string): Promise<readonly (readonly unknown[])[]> {
  return (await place.database.query(statement, {})).rows
}

describe('writeScorePage()', () => {
  it.each([1, 3])('writes every graph with its members, %i transactions at a time', async (concurrency) => {
    const options = writeOptions({ writing: { ...writeOptions().writing, concurrency } })
    expect(await writeScorePage(place.database, scores, options)).toEqual({
      graphCount,
      nodeCount: 2 * graphCount,
      nodePropertiesWritten: 8 * graphCount + 2 * 2 * graphCount,
      problems: [],
    })
    expect(
      await rows(
        `MATCH (a:Account)-[:MEMBER_OF]->(g:Case)
         WHERE g.smgFingerprint = 'f' + substring(g.caseId, 5) AND g.smgEmbedding[0] = toFloat(substring(g.caseId, 5))
         RETURN a.smgMaskLayer1, a.smgMaskLayer2, count(*) ORDER BY a.smgMaskLayer1`,
      ),
    ).toEqual([
      [0.25, 0.625, BigInt(graphCount)],
      [0.5, 0.75, BigInt(graphCount)],
    ])
  })

  it('leaves the same when it writes the same again', async () => {
    await writeScorePage(place.database, scores.slice(0, 20), writeOptions())
    const once = await snapshotOf(place.database)
    await writeScorePage(place.database, scores.slice(0, 20), writeOptions())
    expect(await snapshotOf(place.database)).toEqual(once)
  })

  it('passes over a graph that was deleted since it was read, and a member that came since', async () => {
    await place.database.execute("MATCH (g:Case {caseId: 'case 0'}) DETACH DELETE g", {})
    await place.database.execute(
      "MATCH (g:Case {caseId: 'case 1'}) CREATE (:Account {accountId: 'new'})-[:MEMBER_OF]->(g)",
      {},
    )
    expect(await writeScorePage(place.database, scores.slice(0, 3), writeOptions())).toEqual({
      graphCount: 2,
      nodeCount: 4,
      nodePropertiesWritten: 2 * 8 + 4 * 2,
      problems: [],
    })
    expect(await rows("MATCH (a:Account {accountId: 'new'}) RETURN keys(a)")).toEqual([[['accountId']]])
  })

  it('takes out the masks of layers that the model does not have, of the graphs that it writes', async () => {
    await place.database.execute('MATCH (a:Account) SET a.smgMaskLayer3 = 0.5, a.smgMaskLayer4 = 0.5', {})
    const propertyKeys = ['accountId', 'smgMaskLayer1', 'smgMaskLayer3', 'smgMaskLayer4']
    await writeScorePage(place.database, scores.slice(0, 3), writeOptions({ propertyKeys }))
    expect(
      await rows('MATCH (a:Account) WHERE a.smgMaskLayer3 IS NOT NULL OR a.smgMaskLayer4 IS NOT NULL RETURN count(a)'),
    ).toEqual([[BigInt(2 * (graphCount - 3))]])
  })

  it('writes nothing once it is interrupted', async () => {
    const before = await snapshotOf(place.database)
    const written = writeScorePage(place.database, scores, writeOptions({ signal: AbortSignal.abort() }))
    await expect(written).rejects.toBeInstanceOf(InterruptedError)
    expect(await snapshotOf(place.database)).toEqual(before)
  })
})

describe('ensureKeyIndex()', () => {
  const ownIndexes = async () =>
    (await place.database.run(indexes, {}, {})).filter(({ name }) => name === 'smg_cases_key')

  it('makes no index where a constraint has one', async () => {
    await ensureKeyIndex(place.database, projection, 'smg')
    expect(await ownIndexes()).toEqual([])
  })

  it('makes one where there is none, once, which remove takes out again', async () => {
    await place.database.execute('DROP CONSTRAINT unique_Case_caseId', {})
    const before = await snapshotOf(place.database)
    await ensureKeyIndex(place.database, projection, 'smg')
    await ensureKeyIndex(place.database, projection, 'smg')
    expect(await ownIndexes()).toMatchObject([{ type: 'RANGE', labels: ['Case'], properties: ['caseId'] }])
    expect(await removeEverything(place.database, 'smg')).toMatchObject({ indexesDropped: ['smg_cases_key'] })
    expect(await snapshotOf(place.database)).toEqual(before)
  })
})

describe('ensureEmbeddingIndex()', () => {
  it('makes the index anew where embeddings are of another length', async () => {
    const dimensions = async () =>
      (await place.database.run(indexes, {}, {}))
        .filter(({ type }) => type === 'VECTOR')
        .map((index) => index.dimensions)
    expect(await ensureEmbeddingIndex(place.database, projection, 'smg', 8)).toBe('smg_cases_embedding')
    await ensureEmbeddingIndex(place.database, projection, 'smg', 8)
    expect(await dimensions()).toEqual([8])
    await ensureEmbeddingIndex(place.database, projection, 'smg', 12)
    expect(await dimensions()).toEqual([12])
  })
})
