/**
 * Kills `smg sync` again and again while it reads, trains, scores and writes, and now and then the server, and checks after
 * each time that every graph holds one consistent result, and at the end that the database is that of an undisturbed run:
 *
 *     npm run bench:crash -- --client-rounds 100 --server-rounds 20 --seed 1 --out crash.jsonl [--json]
 *
 * On a local Neo4j of its own, whose data stay in FILE.work until all rounds are done. A line of JSON for each round goes to
 * FILE; called again with it, the rounds go on after the last one. Fails if any round found a problem.
 */
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { wholeNumber } from '../src/cli/whole-numbers.ts'
import { InterruptedError, throwIfInterrupted } from '../src/errors.ts'
import { compareWithUndisturbed } from './crash/end.ts'
import { type CrashSite, complete, crash, setUp } from './crash/rounds.ts'
import { appendRound, type Line, readRounds, type Setup } from './crash/rounds-file.ts'
import { createCrashServer } from './crash/server.ts'
import { placeStaticFiles } from './sync/static-files.ts'

interface CrashOptions {
  readonly clientRounds: number
  readonly serverRounds: number
  readonly seed: number
  readonly graphs: number
  readonly out: string
  readonly json: boolean
}

/** After so many rounds a sync may run to its end. */
const roundsBetweenCompletions = 10

await new Command('bench:crash')
  .description('Kills sync and server in every phase and checks what the database holds then')
  .option('--client-rounds <n>', 'how often sync is killed', wholeNumber, 100)
  .option('--server-rounds <n>', 'how often the server is killed', wholeNumber, 20)
  .option('--seed <n>', 'of edits and moments', wholeNumber, 1)
  .option('--graphs <n>', 'in the database', wholeNumber, 300)
  .requiredOption('--out <file>', 'a line of JSON for each round; rounds go on after those that it holds')
  .option('--json', 'the summary as one JSON document on stdout', false)
  .action(run)
  .parseAsync()

async function run(options: CrashOptions): Promise<void> {
  placeStaticFiles()
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())
  const lines = await readRounds(options.out)
  const work = resolve(`${options.out}.work`)
  try {
    if (!lines.some(({ kind }) => kind === 'end')) await allRounds(options, work, lines, interrupt.signal)
  } catch (thrown) {
    if (!(thrown instanceof InterruptedError)) throw thrown
    console.error(`${thrown.message}; call it again to go on`)
    process.exitCode = thrown.exitCode
    return
  }
  const summary = summaryOf(lines)
  if (summary.problems.length > 0) process.exitCode = 1
  else await rm(work, { recursive: true, force: true })
  console.log(options.json ? JSON.stringify(summary) : summary)
}

async function allRounds(options: CrashOptions, work: string, lines: Line[], signal: AbortSignal): Promise<void> {
  const { clientRounds, serverRounds, seed, out } = options
  const log = (line: string) => console.error(line)
  const add = async (line: Line) => {
    lines.push(line)
    await appendRound(out, line)
    log(JSON.stringify(line))
  }
  const server = createCrashServer({ directory: join(work, 'neo4j'), log })
  if (lines.length === 0) {
    await server.stop()
    await rm(work, { recursive: true, force: true })
  }
  await mkdir(work, { recursive: true })
  try {
    const site: CrashSite = { server, connection: await server.start(), folder: join(work, 'client'), seed }
    const setup = lines.find((line): line is Setup => line.kind === 'setup') ?? (await setUp(site, options.graphs))
    if (!lines.includes(setup)) await add(setup)
    const total = clientRounds + serverRounds
    const millis = { ...setup.millis }
    const done = (...kinds: Line['kind'][]) => lines.filter(({ kind }) => kinds.includes(kind)).length
    for (let round = done('client', 'server'); round < total; round++) {
      throwIfInterrupted(signal, 'crashing')
      const kind = kindOf(round, serverRounds, total)
      await add(await crash(site, millis, { kind, round, turn: done(kind) }))
      if (round % roundsBetweenCompletions === roundsBetweenCompletions - 1) await add(await complete(site, round))
    }
    await add(await complete(site, total))
    await add(await compareWithUndisturbed(site, join(work, 'undisturbed'), log))
  } finally {
    await server.stop()
  }
}

/** Rounds of the server come at even distances among those of the client. */
function kindOf(round: number, serverRounds: number, total: number): 'client' | 'server' {
  const before = (rounds: number) => Math.floor((rounds * serverRounds) / total)
  return before(round + 1) > before(round) ? 'server' : 'client'
}

function summaryOf(lines: readonly Line[]) {
  const rounds = lines.flatMap((line) => (line.kind === 'client' || line.kind === 'server' ? [line] : []))
  const hits: Record<string, number> = {}
  for (const { kind, phase } of rounds) hits[`${kind} ${phase}`] = (hits[`${kind} ${phase}`] ?? 0) + 1
  const end = lines.find((line) => line.kind === 'end')
  return {
    rounds: rounds.length,
    /** How often each was killed in each phase. */
    hits,
    /** Rounds in which some graphs had the new result and others the old one. */
    partlyWritten: rounds.filter(({ old, written }) => old > 0 && written > 0).length,
    completed: lines.filter(({ kind }) => kind === 'completed').length,
    compared: end?.compared ?? 0,
    largestDifference: end?.largestDifference ?? null,
    problems: lines.flatMap((line) => ('problems' in line ? line.problems : [])),
  }
}
