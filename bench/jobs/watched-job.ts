/** A job asked for and watched in Cypher: how often its progress moves, and how good the time is that it says is left. */
import { setTimeout as delay } from 'node:timers/promises'
import { jobConfigText } from '../../src/jobs/job-config.ts'
import { openDatabase } from '../../src/neo4j/database.ts'
import { environmentOf } from '../sync/connection.ts'
import { scoringConfig } from '../sync/dataset.ts'
import type { SideOptions } from '../sync/sides.ts'
import { createService } from './service.ts'

export interface WatchedJob {
  readonly seconds: number
  /** The longest time in which the progress stood still. */
  readonly longest_still_s: number
  /** The time left as it was told, divided by what it then took: the smallest and the largest in the second half of the job. */
  readonly eta_ratio_min: number
  readonly eta_ratio_max: number
}

const everyMillis = 250
/** In the last seconds a rounded second is a large share. */
const leastLeftSeconds = 2

interface Sample {
  readonly at: number
  /** By the clock of the server, which is on this machine. */
  readonly heartbeatAt: number
  readonly progress: number
  readonly eta: number | null
}

/** @param folder of the models */
export async function watchJob(folder: string, { connection }: SideOptions): Promise<WatchedJob> {
  await using database = await openDatabase(connection)
  const daemon = createService({
    name: 'daemon',
    words: ['serve', '--no-http'],
    cwd: folder,
    env: environmentOf(connection),
  })
  daemon.start()
  try {
    await database.execute(
      "CREATE (:SmgJob {jobId: 'watched', command: 'score', config: $config, status: 'PENDING'})",
      { config: jobConfigText(scoringConfig(folder), folder) },
    )
    const samples: Sample[] = []
    for (;;) {
      const { rows } = await database.query(
        "MATCH (j:SmgJob {jobId: 'watched'}) RETURN j.status, coalesce(j.progress, 0.0), j.etaSeconds, j.error, j.heartbeatAt.epochMillis",
        {},
      )
      const [status, progress, eta, error, heartbeat] = rows[0] ?? []
      if (status === 'FAILED') throw new Error(`Cannot watch the job: ${error}`)
      if (status !== 'PENDING')
        samples.push({
          at: Date.now() / 1000,
          heartbeatAt: Number(heartbeat) / 1000,
          progress: Number(progress),
          eta: eta === null ? null : Number(eta),
        })
      if (status === 'FINISHED') return summaryOf(samples)
      await delay(everyMillis)
    }
  } finally {
    await daemon.stop()
  }
}

function summaryOf(samples: readonly Sample[]): WatchedJob {
  const [first, last] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0]
  const moves = samples
    .filter(({ progress }, i) => i === 0 || progress !== samples[i - 1]?.progress)
    .map(({ at }) => at)
  const ratios = samples.flatMap(({ heartbeatAt: at, eta }) =>
    eta !== null && at > (first + last) / 2 && last - at > leastLeftSeconds ? [eta / (last - at)] : [],
  )
  return {
    seconds: last - first,
    longest_still_s: Math.max(...moves.map((at, i) => at - (moves[i - 1] ?? at))),
    eta_ratio_min: Math.min(...ratios),
    eta_ratio_max: Math.max(...ratios),
  }
}
