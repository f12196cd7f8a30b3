/** The connection to Redis, which carries the parts of runs to workers. */
import { Redis } from 'ioredis'
import { ConfigError, DatabaseError, messageOf } from '../errors.ts'

const longestPauseMillis = 2_000

/**
 * A server that goes away later is waited for, by every command.
 *
 * @throws DatabaseError where it cannot be reached; ConfigError for what is no address
 */
export async function openRedis(url: string): Promise<Redis> {
  if (!/^rediss?:\/\/[^/]/.test(url))
    throw new ConfigError(
      `Cannot connect to Redis: expected SMG_REDIS_URL as redis://HOST:6379 or rediss://USER:PASSWORD@HOST:6379/DB, got '${withoutPassword(url)}'`,
    )
  const redis = new Redis(url, {
    lazyConnect: true,
    // BullMQ asks for it: its blocking commands take as long as they take.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(longestPauseMillis, 100 * times),
  })
  // Of each failed attempt to connect; later, whoever waits sees that nothing comes.
  let reason: Error | undefined
  redis.on('error', (error: Error) => {
    reason = error
  })
  try {
    await redis.connect()
  } catch (thrown) {
    redis.disconnect()
    const cause = reason ?? thrown
    throw new DatabaseError(
      `Cannot reach Redis at ${withoutPassword(url)}: ${messageOf(cause)}; start it, or leave SMG_REDIS_URL unset to work in one process`,
      { cause },
    )
  }
  return redis
}

function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:@/]*):[^@]*@/, '$1@')
}
