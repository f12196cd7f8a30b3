/** Everything that a round may kill: two daemons, three workers, Redis, and the database. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type LocalRedis, startLocalRedis } from '../../scripts/local-redis.ts'
import { type CrashSite, setUp } from '../crash/rounds.ts'
import { createCrashServer } from '../crash/server.ts'
import { createService, type Service } from '../jobs/service.ts'
import { environmentOf } from '../sync/connection.ts'

export interface ChaosSite extends CrashSite {
  readonly redis: LocalRedis
  readonly services: readonly Service[]
  stop(): Promise<void>
}

/** The database holds graphs and a first model, and nothing runs but the servers. */
export async function createSite(
  work: string,
  { graphs, seed, log }: { readonly graphs: number; readonly seed: number; readonly log: (line: string) => void },
): Promise<ChaosSite> {
  const server = createCrashServer({ directory: join(work, 'neo4j'), log })
  const connection = await server.start()
  const redis = await startLocalRedis()
  const site = { server, connection, folder: join(work, 'client'), seed }
  await setUp(site, graphs)
  const env = { ...environmentOf(connection), SMG_REDIS_URL: redis.url }
  const service = async (name: string, words: readonly string[]) => {
    const cwd = join(work, name)
    await mkdir(cwd)
    return createService({ name, words, cwd, env })
  }
  const services = [
    await service('daemon-1', ['serve', '--no-http', '--grace', '0']),
    await service('daemon-2', ['serve', '--no-http', '--grace', '0']),
    await service('worker-1', ['worker', '--grace', '0', '--stalled-after', '3']),
    await service('worker-2', ['worker', '--grace', '0', '--stalled-after', '3']),
    await service('worker-3', ['worker', '--grace', '0', '--stalled-after', '3', '--concurrency', '2']),
  ]
  return {
    ...site,
    redis,
    services,
    stop: async () => {
      await Promise.all(services.map((each) => each.kill()))
      await redis.stop()
      await server.stop()
    },
  }
}
