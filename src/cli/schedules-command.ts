/** `smg schedules`: add, list, remove. */
import type { Command } from 'commander'
import { nextFirings } from '../jobs/cron.ts'
import { jobConfigText } from '../jobs/job-config.ts'
import { addSchedule, removeSchedule } from '../jobs/schedules.ts'
import { listSchedules } from '../neo4j/job-catalogue.ts'
import { createContext, withDatabase } from './context.ts'
import { readScheduledWords } from './scheduled-words.ts'

const shownColumns = ['name', 'cron', 'timezone', 'runs', 'nextRunAt', 'lastRunAt', 'lastStatus']

interface AddFlags {
  readonly cron: string
  readonly timezone: string
}

export function addSchedulesCommand(program: Command, signal: AbortSignal): void {
  const schedules = program
    .command('schedules')
    .description('cron rules, stored in the database and fired by smg serve')
  schedules
    .command('add')
    .description('store a rule with the configuration that its jobs run with')
    .argument('<name>', 'name of the schedule')
    .argument('<command...>', 'what to run, after --: sync, or sync --retrain')
    .requiredOption(
      '--cron <expression>',
      "minute hour day month weekday, such as '0 2 * * *'; six fields: seconds first",
    )
    .option('--timezone <zone>', 'IANA time zone of the rule', localTimezone())
    .addHelpText('after', "\nExample: smg schedules add nightly --cron '0 2 * * *' --timezone Europe/Berlin -- sync")
    .action(async (name: string, words: readonly string[], { cron, timezone }: AddFlags, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const work = readScheduledWords(words)
      const now = new Date()
      // Mistakes in the rule are told before a database is needed.
      nextFirings(cron, timezone, now, 1)
      const config = jobConfigText(await context.config(), process.cwd())
      const nextRunAt = await withDatabase(context, (database) =>
        addSchedule(database, { name, cron, timezone, ...work, config }, now),
      )
      output.line(`Added the schedule '${name}': ${words.join(' ')}, at '${cron}' ${timezone}`)
      output.line(`It fires next at ${nextRunAt.toISOString()}, while 'smg serve' runs.`)
      output.json({ name, cron, timezone, ...work, nextRunAt: nextRunAt.toISOString() })
    })
  schedules
    .command('list')
    .description('the schedules, with their next and last firing')
    .action(async (_flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const rows = await withDatabase(context, (database) => database.run(listSchedules, {}, {}))
      if (rows.length === 0) context.output.line("No schedules; 'smg schedules add' makes one.")
      context.output.table(
        rows.map(({ command, arguments: words, ...row }) => ({ ...row, runs: [command, ...(words ?? [])].join(' ') })),
        rows.length === 0 ? [] : shownColumns,
      )
      context.output.json(rows)
    })
  schedules
    .command('remove')
    .description('remove a schedule; its past jobs stay listed')
    .argument('<name>', 'name of the schedule')
    .action(async (name: string, _flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      await withDatabase(context, (database) => removeSchedule(database, name, new Date()))
      context.output.line(`Removed the schedule '${name}'.`)
      context.output.json({ name, removed: true })
    })
}

/** The zone of this machine, where it has a named one. */
function localTimezone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return /^[A-Za-z]+(\/|$)/.test(timeZone) && timeZone !== 'Etc/Unknown' ? timeZone : 'UTC'
}
