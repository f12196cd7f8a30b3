/** Writing scores, and the indexes around them, on a server. */
import { beforeEach, describe, expect, it } from 'vitest'
import { InterruptedError } from '../../src/errors.ts'
import { indexes } from '../../src/neo4j/catalogue.ts'
import { createGraphsInBatches } from '../../src/pipeline/create-graphs.ts'
import type { Score } from '../../src/scoring/score.ts'
import { ensureEmbeddingIndex, ensureKeyIndexes } from '../../src/write-back/indexes.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import type { WritableScore } from '../../src/write-back/score-rows.ts'
import { createScoreWriter } from '../../src/write-back/write-scores.ts'
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

describe('createScoreWriter()', () => {
  it.each([1, 3])('writes every graph with its members, %i transactions at a time', async (concurrency) => {
    const options = writeOptions({ writing: { ...writeOptions().writing, concurrency } })
    expect(await createScoreWriter(place.database, options).write(scores)).toEqual({
      nodeCount: 2 * graphCount,
      nodePropertiesWritten: 8 * graphCount + 2 * 2 * graphCount,
      problems: [],
      formerCount: 0,
      outdated: [],
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
    await createScoreWriter(place.database, writeOptions()).write(scores.slice(0, 20))
    const once = await snapshotOf(place.database)
    await createScoreWriter(place.database, writeOptions()).write(scores.slice(0, 20))
    expect(await snapshotOf(place.database)).toEqual(once)
  })

  it('leaves alone a graph that was deleted since it was read, and one that has got another member since', async () => {
    await place.database.execute("MATCH (g:Case {caseId: 'case 0'}) DETACH DELETE g", {})
    await place.database.execute(
      "MATCH (g:Case {caseId: 'case 1'}) CREATE (:Account {accountId: 'new'})-[:MEMBER_OF]->(g)",
      {},
    )
    expect(await createScoreWriter(place.database, writeOptions()).write(scores.slice(0, 3))).toEqual({
      nodeCount: 2,
      nodePropertiesWritten: 8 + 2 * 2,
      problems: [],
      formerCount: 0,
      outdated: ['case 0', 'case 1'],
    })
    expect(
      await rows("MATCH (a:Account)-->(g:Case {caseId: 'case 1'}) RETURN a.accountId, keys(a), g.smgPrediction"),
    ).toEqual(expect.arrayContaining([['new', ['accountId'], null]]))
  })

  it('takes the masks from a node beside the graph that has lost its label, unless it belongs to another scored graph', async () => {
    await place.database.execute(
      `MATCH (g:Case {caseId: 'case 1'})
       CREATE (:Closed {accountId: 'x', smgMaskLayer1: 0.5, smgMaskLayer2: 0.5})-[:MEMBER_OF]->(g)
       CREATE (:Closed {accountId: 'y', smgMaskLayer1: 0.5})-[:MEMBER_OF]->(g)
       CREATE (:Closed {accountId: 'z'})-[:MEMBER_OF]->(g)
       WITH g MATCH (y {accountId: 'y'}) CREATE (y)-[:IN]->(:Portfolio {smgFingerprint: 'f'})`,
      {},
    )
    const { nodeCount, outdated } = await createScoreWriter(place.database, writeOptions()).write(scores.slice(1, 2))
    expect({ nodeCount, outdated }).toEqual({ nodeCount: 2, outdated: [] })
    expect(await rows('MATCH (n:Closed) RETURN n.accountId, keys(n) ORDER BY n.accountId')).toEqual([
      ['x', ['accountId']],
      ['y', expect.arrayContaining(['accountId', 'smgMaskLayer1'])],
      ['z', ['accountId']],
    ])
  })

  it('takes out the masks of layers that the model does not have, of the graphs that it writes', async () => {
    await place.database.execute('MATCH (a:Account) SET a.smgMaskLayer3 = 0.5, a.smgMaskLayer4 = 0.5', {})
    const propertyKeys = ['accountId', 'smgMaskLayer1', 'smgMaskLayer3', 'smgMaskLayer4']
    await createScoreWriter(place.database, writeOptions({ propertyKeys })).write(scores.slice(0, 3))
    expect(
      await rows('MATCH (a:Account) WHERE a.smgMaskLayer3 IS NOT NULL OR a.smgMaskLayer4 IS NOT NULL RETURN count(a)'),
    ).toEqual([[BigInt(2 * (graphCount - 3))]])
  })

  it('writes nothing once it is interrupted', async () => {
    const before = await snapshotOf(place.database)
    const written = createScoreWriter(place.database, writeOptions({ signal: AbortSignal.abort() })).write(scores)
    await expect(written).rejects.toBeInstanceOf(InterruptedError)
    expect(await snapshotOf(place.database)).toEqual(before)
  })
})

describe('ensureKeyIndexes()', () => {
  const ownIndexes = async () =>
    (await place.database.run(indexes, {}, {})).filter(({ name }) => name === 'smg_cases_key')

  it('makes no index where a constraint has one', async () => {
    await ensureKeyIndexes(place.database, projection, 'smg')
    expect(await ownIndexes()).toEqual([])
  })

  it('makes one where there is none, once, which remove takes out again', async () => {
    await place.database.execute('DROP CONSTRAINT unique_Case_caseId', {})
    const before = await snapshotOf(place.database)
    await ensureKeyIndexes(place.database, projection, 'smg')
    await ensureKeyIndexes(place.database, projection, 'smg')
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
        .map(({ name, dimensions }) => [name, dimensions])
    expect(await ensureEmbeddingIndex(place.database, projection, 'smg', 8)).toBe(true)
    await ensureEmbeddingIndex(place.database, projection, 'smg', 8)
    expect(await dimensions()).toEqual([['smg_cases_embedding', 8]])
    await ensureEmbeddingIndex(place.database, projection, 'smg', 12)
    expect(await dimensions()).toEqual([['smg_cases_embedding', 12]])
  })
})
