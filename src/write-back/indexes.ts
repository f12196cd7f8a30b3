/** Indexes that the product needs: graph nodes by key, and graph embeddings by similarity. */
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

/** Makes the vector index of a projection, anew where it is of other dimensions or another label. */
export async function ensureEmbeddingIndex(
  database: Database,
  projection: Projection,
  prefix: string,
  dimensions: number,
): Promise<string> {
  const index = embeddingIndexName(prefix, projection.name)
  const embeddingProperty = writtenProperties(prefix).embedding
  const { graphLabel } = projection
  const existing = (await database.run(indexes, {}, {})).find(({ name }) => name === index)
  if (existing !== undefined) {
    const fits =
      existing.dimensions === dimensions &&
      same(existing.labels, [graphLabel]) &&
      same(existing.properties, [embeddingProperty])
    if (fits) return index
    await database.run(dropIndex, { index }, {})
  }
  await database.run(createVectorIndex, { index, graphLabel, embeddingProperty }, { dimensions: BigInt(dimensions) })
  await database.run(awaitIndexes, {}, { seconds: secondsToWait })
  return index
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}
