/** The engine of many machines for a database, and a worker of it. */

import { SmgError } from '../errors.ts'
import { type PartWorkerOptions, runPartWorker } from '../jobs/part-worker.ts'
import { openRedis } from '../jobs/redis-connection.ts'
import { type RedisEngineOptions, redisEngine } from '../jobs/redis-engine.ts'
import type { WorkEngine } from '../jobs/work-engine.ts'
import type { Database } from '../neo4j/database.ts'
import { identifyDatabase } from '../neo4j/job-catalogue.ts'
import { openPartHandlers } from './part-handlers.ts'

/** @throws DatabaseError where Redis cannot be reached; ConfigError for what is no address of it */
export async function openRedisEngine(
  database: Database,
  url: string,
  options: Pick<RedisEngineOptions, 'timing'> = {},
): Promise<WorkEngine> {
  const databaseId = await idOf(database)
  const redis = await openRedis(url)
  const engine = redisEngine({ ...options, redis, databaseId })
  return {
    ...engine,
    close: async () => {
      await engine.close()
      redis.disconnect()
    },
  }
}

/** Resolves when it has stopped. @throws as {@link openRedisEngine} */
export async function runWorker(
  database: Database,
  url: string,
  options: Pick<
    PartWorkerOptions,
    'concurrency' | 'partsPerSecond' | 'signal' | 'graceMillis' | 'log' | 'stalledMillis'
  >,
): Promise<void> {
  const databaseId = await idOf(database)
  const redis = await openRedis(url)
  try {
    const parts = await openPartHandlers(database)
    try {
      await runPartWorker({ ...options, redis, databaseId, handlers: parts.handlers })
    } finally {
      await parts.close()
    }
  } finally {
    redis.disconnect()
  }
}

const digitsOfId = 16

async function idOf(database: Database): Promise<string> {
  const [row] = await database.run(identifyDatabase, {}, {})
  if (row === undefined) throw new SmgError('Cannot identify the database: the server gave no answer')
  return row.id.slice(0, digitsOfId).toLowerCase()
}
