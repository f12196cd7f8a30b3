/** `smg schedules`: add, list, show, pause, resume, run, remove. */
import { randomUUID } from 'node:crypto'
import { type Command, Option } from 'commander'
import { nextFirings } from '../jobs/cron.ts'
import { type Missed, missedChoices, type Overlap, overlapChoices } from '../jobs/firing-plan.ts'
import { jobConfigText } from '../jobs/job-config.ts'
import { readJobWords } from '../jobs/job-words.ts'
import {
  addSchedule,
  findSchedule,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  runSchedule,
} from '../jobs/schedules.ts'
import { listSchedules } from '../neo4j/schedule-catalogue.ts'
import { type CommandContext, createContext, withDatabase } from './context.ts'
import { printProperties } from './properties-table.ts'

const shownColumns = [
  'name',
  'cron',
  'timezone',
  'runs',
  'paused',
  'nextRunAt',
  'lastRunAt',
  'lastStatus',
  'skippedFirings',
]

interface AddFlags {
  readonly cron: string
  readonly timezone: string
  readonly missed: Missed
  readonly overlap: Overlap
}

export function addSchedulesCommand(program: Command, signal: AbortSignal): void {
  const schedules = program
    .command('schedules')
    .description('cron rules, stored in the database and fired by smg serve')
  schedules
    .command('add')
    .description('store a rule with the configuration that its jobs run with')
    .argument('<name>', 'name of the schedule')
    .argument('<command...>', 'what to run, after --: sync, sync --retrain, or score')
    .requiredOption(
      '--cron <expression>',
      "minute hour day month weekday, such as '0 2 * * *'; six fields: seconds first",
    )
    .option('--timezone <zone>', 'IANA time zone of the rule', localTimezone())
    .addOption(
      new Option(
        '--missed <which>',
        'of the firings that came due while no daemon was there, make none, the latest, or all',
      )
        .choices(missedChoices)
        .default('once'),
    )
    .addOption(
      new Option('--overlap <how>', 'what comes due while the last job waits or runs is not made, or waits as well')
        .choices(overlapChoices)
        .default('skip'),
    )
    .addHelpText('after', "\nExample: smg schedules add nightly --cron '0 2 * * *' --timezone Europe/Berlin -- sync")
    .action((name: string, words: readonly string[], flags: AddFlags, self: Command) =>
      add(createContext(self, signal), name, words, flags),
    )
  schedules
    .command('list')
    .description('the schedules, with their next and last firing')
    .action((_flags: unknown, self: Command) => list(createContext(self, signal)))
  const one = (verb: string, description: string, action: (context: CommandContext, name: string) => Promise<void>) =>
    schedules
      .command(verb)
      .description(description)
      .argument('<name>', 'name of the schedule')
      .action((name: string, _flags: unknown, self: Command) => action(createContext(self, signal), name))
  one('show', 'all properties of a schedule', async (context, name) => {
    const properties = await withDatabase(context, (database) => findSchedule(database, name))
    printProperties(context.output, properties)
  })
  one('pause', 'let it fire no more until it is resumed; what comes due meanwhile is not made up for', pause)
  one('resume', 'let it fire again, from its next firing on', resume)
  one('run', 'make a job of it now, beside its firings', run)
  one('remove', 'remove a schedule; its past jobs stay listed', async (context, name) => {
    await withDatabase(context, (database) => removeSchedule(database, name, new Date()))
    context.output.line(`Removed the schedule '${name}'.`)
    context.output.json({ name, removed: true })
  })
}

async function add(context: CommandContext, name: string, words: readonly string[], flags: AddFlags): Promise<void> {
  const { output } = context
  const { cron, timezone, missed, overlap } = flags
  const work = readJobWords(words, `Cannot add the schedule '${name}'`)
  const now = new Date()
  // Mistakes in the rule are told before a database is needed.
  nextFirings(cron, timezone, now, 1)
  const config = await context.config()
  const rule = { name, cron, timezone, missed, overlap, ...work, projection: config.projection.name }
  const nextRunAt = await withDatabase(context, (database) =>
    addSchedule(database, { ...rule, config: jobConfigText(config, process.cwd()) }, now),
  )
  output.line(`Added the schedule '${name}': ${words.join(' ')}, at '${cron}' ${timezone}`)
  output.line(`It fires next at ${nextRunAt.toISOString()}, while 'smg serve' runs.`)
  output.json({ ...rule, nextRunAt: nextRunAt.toISOString() })
}

async function list(context: CommandContext): Promise<void> {
  const rows = await withDatabase(context, (database) => database.run(listSchedules, {}, {}))
  if (rows.length === 0) context.output.line("No schedules; 'smg schedules add' makes one.")
  context.output.table(
    rows.map(({ command, arguments: words, ...row }) => ({ ...row, runs: [command, ...(words ?? [])].join(' ') })),
    rows.length === 0 ? [] : shownColumns,
  )
  context.output.json(rows)
}

async function pause(context: CommandContext, name: string): Promise<void> {
  await withDatabase(context, (database) => pauseSchedule(database, name))
  context.output.line(`Paused the schedule '${name}'; 'smg schedules resume' lets it fire again.`)
  context.output.json({ name, paused: true })
}

async function resume(context: CommandContext, name: string): Promise<void> {
  const nextRunAt = await withDatabase(context, (database) => resumeSchedule(database, name, new Date()))
  context.output.line(
    `The schedule '${name}' fires next at ${nextRunAt ?? 'no time: its rule has no firing any more'}.`,
  )
  context.output.json({ name, paused: false, nextRunAt })
}

async function run(context: CommandContext, name: string): Promise<void> {
  const jobId = randomUUID()
  await withDatabase(context, (database) => runSchedule(database, { name, jobId, now: new Date() }))
  context.output.line(`Made the job ${jobId}, which 'smg serve' runs; 'smg jobs watch ${jobId}' shows how it goes.`)
  context.output.json({ name, jobId })
}

/** The zone of this machine, where it has a named one. */
function localTimezone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return /^[A-Za-z]+(\/|$)/.test(timeZone) && timeZone !== 'Etc/Unknown' ? timeZone : 'UTC'
}
