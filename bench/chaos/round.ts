/** One round: the graphs change, a job is asked for, processes die and come back, and then everything has to be right. */
import { setTimeout as delay } from 'node:timers/promises'
import { createRandom, type Random } from '../../src/graph/random.ts'
import { jobConfigText } from '../../src/jobs/job-config.ts'
import { mixedGraphs, unfinishedGraphs } from '../crash/check.ts'
import { modelFolder } from '../crash/client.ts'
import { editGraphs } from '../crash/edits.ts'
import { crashConfig } from '../crash/graphs.ts'
import { savedVersions } from '../crash/phase.ts'
import { askForSync, jobsNow, untilAnswered, whenEnded } from './jobs.ts'
import type { ChaosSite } from './site.ts'

export interface ChaosRound {
  readonly round: number
  readonly killed: readonly string[]
  readonly retrain: boolean
  /** Of the job that was asked for. */
  readonly status: string
  readonly attempts: number
  readonly error: string | null
  readonly seconds: number
  readonly problems: readonly string[]
}

/** One in so many rounds trains anew. */
const roundsBetweenTrainings = 5
const latestKillMillis = 5_000
const longestDeathMillis = 2_000
const millisToEnd = 300_000
const chance = { service: 0.3, server: 0.12 }

export async function chaosRound(site: ChaosSite, round: number): Promise<ChaosRound> {
  const startedAt = performance.now()
  const random = createRandom(site.seed, `round ${round}`)
  const retrain = round % roundsBetweenTrainings === roundsBetweenTrainings - 1
  const before = await untilAnswered(site, async (database) => {
    await editGraphs(database, random)
    return (await savedVersions(database)).at(-1) ?? 0
  })
  const version = before + (retrain ? 1 : 0)
  const jobId = `round-${round}`
  await askForSync(site, { jobId, retrain, config: jobConfigText(crashConfig(version, modelFolder), site.folder) })
  const killed = await killSome(site, random)
  const [job] = await whenEnded(site, (each) => each.jobId === jobId, millisToEnd)
  const status = job?.status ?? 'gone'
  const problems = await untilAnswered(site, async (database) => {
    const latest = (await savedVersions(database)).at(-1) ?? 0
    return [
      ...(status === 'FINISHED' ? await unfinishedGraphs(database, version) : await mixedGraphs(database)),
      ...(status === 'FINISHED' && latest !== version
        ? [`expected version ${version} to be the last, got ${latest}`]
        : []),
    ]
  })
  const seconds = (performance.now() - startedAt) / 1000
  const error = job?.error ?? null
  const isEnded = status === 'FINISHED' || (status === 'FAILED' && error !== null)
  return {
    round,
    killed,
    retrain,
    status,
    attempts: job?.attempt ?? 0,
    error,
    seconds,
    problems: isEnded ? problems : [...problems, `the job is ${status}: ${error}`],
  }
}

/** What was killed, in the order of time; all of it runs again. */
async function killSome({ services, redis, server }: ChaosSite, random: Random): Promise<string[]> {
  const victims = [
    ...services.map(({ name, kill, start }) => ({ name, kill, start: async () => start(), share: chance.service })),
    { name: 'redis', kill: redis.kill, start: redis.start, share: chance.server },
    {
      name: 'neo4j',
      kill: () => server.kill(),
      start: async () => void (await server.start()),
      share: chance.server,
    },
  ].map((victim) => ({
    ...victim,
    isHit: random.nextFloat() < victim.share,
    at: random.nextFloat() * latestKillMillis,
    deadFor: random.nextFloat() * longestDeathMillis,
  }))
  const hit = victims.filter(({ isHit }) => isHit)
  // One at least.
  const chosen = hit.length > 0 ? hit : [victims[random.nextBelow(services.length)]].flatMap((one) => one ?? [])
  await Promise.all(
    chosen.map(async ({ kill, start, at, deadFor }) => {
      await delay(at)
      await kill()
      await delay(deadFor)
      await start()
    }),
  )
  return chosen.toSorted((a, b) => a.at - b.at).map(({ name }) => name)
}

/** Of all rounds together: what daemons say that they did, and what is left in the database. */
export async function problemsOfAll(site: ChaosSite): Promise<string[]> {
  const lines = site.services.flatMap((service) => service.lines)
  const twice = (msg: string, keyOf: (line: (typeof lines)[number]) => string) => {
    const keys = lines.filter((line) => line.msg === msg).map(keyOf)
    return [...new Set(keys.filter((key, i) => keys.indexOf(key) !== i))].map((key) => `${msg} twice: ${key}`)
  }
  const jobs = await jobsNow(site)
  const { rows } = await untilAnswered(site, (database) =>
    database.query(
      `MATCH (n) WHERE n:SmgLock OR n:SmgRun AND NOT n.status IN ['FINISHED', 'FAILED', 'CANCELED']
         OR n:SmgRun AND n.status <> 'FINISHED' AND n.error IS NULL
       RETURN labels(n)[0], coalesce(n.runId, n.owner), n.status`,
      {},
    ),
  )
  return [
    ...twice('job started', ({ jobId, attempt }) => `${jobId}, attempt ${attempt}`),
    ...twice('job finished', ({ jobId }) => `${jobId}`),
    ...twice('schedule fired', ({ jobId }) => `${jobId}`),
    ...jobs
      .filter(
        ({ status, error }) => !(status === 'FINISHED' || ((status === 'FAILED' || status === 'CANCELED') && error)),
      )
      .map(({ jobId, status }) => `the job ${jobId} is left ${status}`),
    ...rows.map(([label, id, status]) => `${label} ${id} was left ${status ?? 'behind'}`),
  ]
}
