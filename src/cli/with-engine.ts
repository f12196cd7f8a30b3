/** Opens the engine that the environment names: of many machines with SMG_REDIS_URL, else that of this process. */
import type { WorkEngine } from '../jobs/work-engine.ts'
import type { Database } from '../neo4j/database.ts'

export function redisUrl(): string | undefined {
  return process.env['SMG_REDIS_URL'] || undefined
}

/** `undefined`: this process does all itself. */
export async function openEngine(database: Database): Promise<WorkEngine | undefined> {
  const url = redisUrl()
  if (url === undefined) return undefined
  // Most never need it.
  const { openRedisEngine } = await import('../pipeline/distributed.ts')
  return openRedisEngine(database, url)
}

/** Closes the engine after `work`, whatever happens. */
export async function withEngine<T>(
  database: Database,
  work: (engine: WorkEngine | undefined) => Promise<T>,
): Promise<T> {
  const engine = await openEngine(database)
  try {
    return await work(engine)
  } finally {
    await engine?.close()
  }
}
