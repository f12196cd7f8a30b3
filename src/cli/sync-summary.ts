/** What a sync did, in a few lines. */
import type { Config } from '../config/schema.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import type { ReportedMetrics } from '../model/reported-metrics.ts'
import { nextQueries } from '../pipeline/next-queries.ts'
import { shownNumber } from '../pipeline/shown-number.ts'
import type { SyncResult } from '../pipeline/sync.ts'
import { maskQualityText } from './mask-quality-text.ts'
import type { Output } from './output.ts'

export function printSyncSummary(output: Output, config: Config, result: SyncResult): void {
  const count = (value: number) => value.toLocaleString('en-US')
  const seconds = (millis: number) => `${(millis / 1000).toFixed(1)} s`
  const { metrics } = result
  if (metrics !== null) output.line(`Model ${result.model}${trainedText(result)}: held-out ${metricsText(metrics)}`)
  if (result.maskQuality !== null) output.line(maskQualityText(result.maskQuality))
  if (result.dryRun) {
    output.line(`Dry run, nothing written. ${count(result.graphCount)} graphs, ${count(result.nodeCount)} nodes:`)
    output.line(
      `added: ${result.added}, changed: ${result.changed}, removed: ${result.retracted}, unchanged: ${result.unchanged}, failed: ${result.failed}`,
    )
    printPlan(output, result)
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

/** Graphs by key, and what would be written, by kind. */
function printPlan(output: Output, result: SyncResult): void {
  const { added, changed, addedKeys = [], changedKeys = [], plannedWrites = [] } = result
  if (added > 0) output.line(`added: ${keysText(addedKeys, added)}`)
  if (changed > 0) output.line(`changed: ${keysText(changedKeys, changed)}`)
  if (result.model === null)
    output.line(
      'There is no model yet, or a new one is asked for: sync would train one first, with the layers configured.',
    )
  if (plannedWrites.length === 0) output.line('Nothing would be written.')
  else {
    output.line(`nodePropertiesWritten: ${result.nodePropertiesWritten}, and in full:`)
    output.table(
      plannedWrites.map((write) => ({ ...write })),
      ['action', 'on', 'pattern', 'property', 'count'],
    )
  }
}

function keysText(keys: readonly Key[], count: number): string {
  const more = count > keys.length ? `, and ${count - keys.length} more` : ''
  return keys.map(keyText).join(', ') + more
}

function trainedText({ trained, resumedFromEpoch }: SyncResult): string {
  if (!trained) return ''
  return resumedFromEpoch === null ? ', trained now' : `, trained to its end after epoch ${resumedFromEpoch}`
}

/** "accuracy 0.912, F1 0.910, ROC AUC 0.967", or "mean absolute error 0.31, root mean squared error 0.42" */
export function metricsText(metrics: ReportedMetrics): string {
  if ('meanAbsoluteError' in metrics)
    return `mean absolute error ${shownNumber(metrics.meanAbsoluteError)}, root mean squared error ${shownNumber(metrics.rootMeanSquaredError)}`
  const { accuracy, f1Macro, rocAuc } = metrics
  return `accuracy ${accuracy.toFixed(3)}, F1 ${f1Macro.toFixed(3)}${rocAuc === null ? '' : `, ROC AUC ${rocAuc.toFixed(3)}`}`
}
