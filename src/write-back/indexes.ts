/** Indexes that the product needs: graph nodes by key, and graph embeddings by similarity. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Projection } from '../config/schema.ts'
import { awaitIndexes, createKeyIndex, createVectorIndex, dropIndex, indexes } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { embeddingIndexName, keyIndexName, writtenProperties } from './properties.ts'

const secondsToWait = 300n

/** Makes an index over the graph keys unless a constraint or index of the user's is there already. */
export async function ensureKeyIndex(database: Database, projection: Projection, prefix: string): Promise<void> {
  const { graphLabel, graphKey } = projection
  const existing = await database.run(indexes, {}, {})
  const found = existing.some(
    ({ type, labels, properties }) => type === 'RANGE' && same(labels, [graphLabel]) && same(properties, [graphKey]),
  )
  if (found) return
  await database.run(createKeyIndex, { index: keyIndexName(prefix, projection.name), graphLabel, graphKey }, {})
  await database.run(awaitIndexes, {}, { seconds: secondsToWait })
}

/** How long to wait for the server to fill a vector index; it goes on by itself. */
const longestWaitMillis = 1000
const pollMillis = 50

/**
 * Makes the vector index of a projection, anew where it is of other dimensions or another label. After the embeddings: the
 * server fills an index in the background, and faster than it keeps one up to date that grows with every transaction.
 *
 * @returns whether it can be searched already
 */
export async function ensureEmbeddingIndex(
  database: Database,
  projection: Projection,
  prefix: string,
  dimensions: number,
): Promise<boolean> {
  const index = embeddingIndexName(prefix, projection.name)
  const embeddingProperty = writtenProperties(prefix).embedding
  const { graphLabel } = projection
  const find = async () => (await database.run(indexes, {}, {})).find(({ name }) => name === index)
  const existing = await find()
  const fits =
    existing?.dimensions === dimensions &&
    same(existing.labels, [graphLabel]) &&
    same(existing.properties, [embeddingProperty])
  if (fits) return existing.state === 'ONLINE'
  if (existing !== undefined) await database.run(dropIndex, { index }, {})
  await database.run(createVectorIndex, { index, graphLabel, embeddingProperty }, { dimensions: BigInt(dimensions) })
  const deadline = performance.now() + longestWaitMillis
  for (;;) {
    if ((await find())?.state === 'ONLINE') return true
    if (performance.now() > deadline) return false
    await delay(pollMillis)
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}
