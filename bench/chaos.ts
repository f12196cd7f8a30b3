/**
 * Kills daemons, workers, Redis and the database while jobs run and a schedule fires, and checks after each round that the job
 * has ended and that every graph is right, and at the end that nothing ran twice and the database is that of an undisturbed run:
 *
 *     npm run bench:chaos -- --rounds 50 --seed 1 --out chaos.jsonl [--json]
 *
 * On a Neo4j and a Redis of its own. A line of JSON for each round goes to FILE. Fails if any round found a problem.
 */
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { wholeNumber } from '../src/cli/whole-numbers.ts'
import { jobConfigText } from '../src/jobs/job-config.ts'
import { addSchedule, pauseSchedule } from '../src/jobs/schedules.ts'
import { jobsNow, untilAnswered, whenEnded } from './chaos/jobs.ts'
import { type ChaosRound, chaosRound, problemsOfAll } from './chaos/round.ts'
import { type ChaosSite, createSite } from './chaos/site.ts'
import { modelFolder } from './crash/client.ts'
import { compareWithUndisturbed } from './crash/end.ts'
import { crashConfig } from './crash/graphs.ts'
import { complete } from './crash/rounds.ts'
import { placeStaticFiles } from './sync/static-files.ts'

interface ChaosOptions {
  readonly rounds: number
  readonly seed: number
  readonly graphs: number
  readonly out: string
  readonly json: boolean
}

const millisToEnd = 300_000

await new Command('bench:chaos')
  .description('Kills daemons, workers, Redis and the database while jobs run, and checks what comes of them')
  .option('--rounds <n>', 'how often something is killed', wholeNumber, 50)
  .option('--seed <n>', 'of edits, victims and moments', wholeNumber, 1)
  .option('--graphs <n>', 'in the database', wholeNumber, 300)
  .requiredOption('--out <file>', 'a line of JSON for each round')
  .option('--json', 'the summary as one JSON document on stdout', false)
  .action(run)
  .parseAsync()

async function run(options: ChaosOptions): Promise<void> {
  placeStaticFiles()
  const log = (line: string) => console.error(line)
  const work = await mkdtemp(join(tmpdir(), 'smg-chaos-'))
  await writeFile(options.out, '')
  const site = await createSite(work, { ...options, log })
  try {
    for (const service of site.services) service.start()
    const rounds = await allRounds(site, options, log)
    const summary = await theEnd(site, work, rounds, log)
    if (summary.problems.length > 0) process.exitCode = 1
    await appendFile(options.out, `${JSON.stringify(summary)}\n`)
    console.log(options.json ? JSON.stringify(summary) : summary)
  } finally {
    await site.stop()
    if (process.exitCode === 1) await writeFile(`${options.out}.log`, logOf(site))
    await rm(work, { recursive: true, force: true })
  }
}

async function allRounds(site: ChaosSite, { rounds, out }: ChaosOptions, log: (line: string) => void) {
  const config = crashConfig(1, modelFolder)
  const folds = { ...config, evaluation: { ...config.evaluation, validationFolds: 3 } }
  await untilAnswered(site, (database) =>
    addSchedule(
      database,
      {
        name: 'folds',
        cron: '*/20 * * * * *',
        timezone: 'UTC',
        missed: 'once',
        overlap: 'skip',
        command: 'evaluate',
        arguments: [],
        projection: config.projection.name,
        config: jobConfigText(folds, site.folder),
      },
      new Date(),
    ),
  )
  const done: ChaosRound[] = []
  for (let round = 0; round < rounds; round++) {
    const line = await chaosRound(site, round)
    done.push(line)
    await appendFile(out, `${JSON.stringify(line)}\n`)
    log(JSON.stringify(line))
  }
  return done
}

async function theEnd(site: ChaosSite, work: string, rounds: readonly ChaosRound[], log: (line: string) => void) {
  await untilAnswered(site, (database) => pauseSchedule(database, 'folds'))
  await whenEnded(site, () => true, millisToEnd)
  await Promise.all(site.services.map((service) => service.stop()))
  const ofAll = await problemsOfAll(site)
  const completed = await complete(site, rounds.length)
  const { compared, largestDifference, problems } = await compareWithUndisturbed(site, join(work, 'undisturbed'), log)
  const jobs = await jobsNow(site)
  const count = (of: typeof jobs, status: string) => of.filter((job) => job.status === status).length
  const [asked, fired] = [
    jobs.filter(({ schedule }) => schedule === null),
    jobs.filter(({ schedule }) => schedule !== null),
  ]
  return {
    rounds: rounds.length,
    kills: tally(rounds.flatMap(({ killed }) => killed)),
    asked: { finished: count(asked, 'FINISHED'), failed: count(asked, 'FAILED') },
    fired: { finished: count(fired, 'FINISHED'), failed: count(fired, 'FAILED') },
    latenessMillis: spread(fired.flatMap(({ latenessMillis }) => latenessMillis ?? [])),
    attempts: jobs.reduce((sum, { attempt }) => sum + attempt, 0),
    errors: [...new Set(jobs.flatMap(({ error }) => error ?? []))],
    compared,
    largestDifference,
    problems: [...rounds.flatMap((round) => round.problems), ...ofAll, ...completed.problems, ...problems],
  }
}

function spread(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  return { median: sorted[Math.floor(sorted.length / 2)] ?? null, largest: sorted.at(-1) ?? null }
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

function logOf({ services }: ChaosSite): string {
  return services
    .flatMap(({ lines }) => lines)
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
}
