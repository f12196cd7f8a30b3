/** `smg sync`: the main job. */
import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import type { Config } from '../config/schema.ts'
import { keyText } from '../graph/subgraph.ts'
import { nextQueries } from '../pipeline/next-queries.ts'
import { type SyncResult, sync } from '../pipeline/sync.ts'
import type { SyncPhase } from '../pipeline/sync-options.ts'
import { createContext, withDatabase } from './context.ts'
import type { Output } from './output.ts'
import { phaseBars } from './phase-bars.ts'

interface SyncFlags {
  readonly retrain?: boolean
  readonly dryRun?: boolean
}

export function addSyncCommand(program: Command, signal: AbortSignal): void {
  program
    .command('sync')
    .description('train if there is no model, score what is new or changed, retract what is gone, write back')
    .option('--retrain', 'train a new version of the model first')
    .option('--dry-run', 'print the plan and write nothing')
    .action(async ({ retrain, dryRun }: SyncFlags, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const config = await context.config()
      const bars = phaseBars(output, phaseLabels)
      const result = await withDatabase(context, (database) =>
        sync(database, config, {
          retrain,
          dryRun,
          now: () => new Date(),
          runId: randomUUID(),
          signal,
          onProgress: bars.update,
        }),
      ).finally(bars.stop)
      output.json({ ...result, problems: result.problems.map(({ key, message }) => ({ key: keyText(key), message })) })
      printSummary(output, config, result)
      if (result.failed > 0) process.exitCode = 1
    })
}

const phaseLabels: Readonly<Record<SyncPhase, string>> = { read: 'Reading', train: 'Training', score: 'Scoring' }

function printSummary(output: Output, config: Config, result: SyncResult): void {
  const count = (value: number) => value.toLocaleString('en-US')
  const seconds = (millis: number) => `${(millis / 1000).toFixed(1)} s`
  const { metrics } = result
  if (metrics !== null) {
    const auc = metrics.rocAuc === null ? '' : `, ROC AUC ${metrics.rocAuc.toFixed(3)}`
    output.line(
      `Model ${result.model}${result.trained ? ', trained now' : ''}: held-out accuracy ${metrics.accuracy.toFixed(3)}, F1 ${metrics.f1Macro.toFixed(3)}${auc}`,
    )
  }
  if (result.dryRun) {
    output.line(`Dry run, nothing written. ${count(result.graphCount)} graphs, ${count(result.nodeCount)} nodes:`)
    output.line(
      `added: ${result.added}, changed: ${result.changed}, removed: ${result.retracted}, unchanged: ${result.unchanged}, failed: ${result.failed}`,
    )
    if (result.model === null) output.line('There is no model yet: sync would train one first.')
  } else {
    output.line(`${count(result.graphCount)} graphs, ${count(result.nodeCount)} nodes:`)
    output.line(
      `scored: ${result.scored}, unchanged: ${result.unchanged}, retracted: ${result.retracted}, failed: ${result.failed}, nodePropertiesWritten: ${result.nodePropertiesWritten}`,
    )
    output.line(
      `read ${seconds(result.readMillis)} · train ${seconds(result.trainMillis)} · compute ${seconds(result.computeMillis)} · write ${seconds(result.writeMillis)} · total ${seconds(result.totalMillis)}`,
    )
  }
  for (const warning of result.warnings) output.note(`Warning: ${warning}`)
  for (const { message } of result.problems) output.note(`Failed: ${message}`)
  if (result.dryRun) return
  output.line()
  output.line('Try next:')
  for (const { purpose, cypher } of nextQueries(config)) output.line(`\n// ${purpose}\n${cypher}`)
}
