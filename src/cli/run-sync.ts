/** Brings the scores up to date for `smg sync` and `smg score`, and says what was done. */
import { randomUUID } from 'node:crypto'
import { keyText } from '../graph/subgraph.ts'
import { sync } from '../pipeline/sync.ts'
import type { SyncOptions, SyncPhase } from '../pipeline/sync-options.ts'
import { type CommandContext, withDatabase } from './context.ts'
import { phaseBars } from './phase-bars.ts'
import { printSyncSummary } from './sync-summary.ts'
import { withEngine } from './with-engine.ts'

const phaseLabels: Readonly<Record<SyncPhase, string>> = {
  wait: 'Waiting',
  read: 'Reading',
  train: 'Training',
  score: 'Scoring',
}

/** The exit code is 1 where graphs failed. */
export async function runSync(
  context: CommandContext,
  choices: Pick<SyncOptions, 'train' | 'retrain' | 'dryRun'>,
): Promise<void> {
  const { output, signal } = context
  const config = await context.config()
  const bars = phaseBars(output, phaseLabels)
  const result = await withDatabase(context, (database) =>
    withEngine(database, (engine) =>
      sync(database, config, {
        ...choices,
        now: () => new Date(),
        runId: randomUUID(),
        engine,
        signal,
        onProgress: bars.update,
        onNotice: (sentence) => {
          bars.stop()
          output.note(sentence)
        },
      }),
    ),
  ).finally(bars.stop)
  output.json({
    ...result,
    addedKeys: result.addedKeys?.map(keyText),
    changedKeys: result.changedKeys?.map(keyText),
    problems: result.problems.map(({ key, message }) => ({ key: keyText(key), message })),
  })
  printSyncSummary(output, config, result)
  if (result.failed > 0) process.exitCode = 1
}
