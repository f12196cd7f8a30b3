/** `smg jobs watch`: how a job goes until it has ended. */
import { setTimeout as delay } from 'node:timers/promises'
import { throwIfInterrupted } from '../errors.ts'
import { findJob } from '../jobs/job-control.ts'
import { toJsonValue } from '../neo4j/values.ts'
import { type CommandContext, withDatabase } from './context.ts'
import { phaseBars } from './phase-bars.ts'

const everyMillis = 1_000
const exitCodes: Readonly<Record<string, number>> = { FINISHED: 0, FAILED: 1, CANCELED: 130 }

const labels = {
  pending: 'Pending',
  wait: 'Waiting',
  read: 'Reading',
  train: 'Training',
  score: 'Scoring',
  other: 'Running',
}
type Label = keyof typeof labels

/** Sets the exit code by how the job ended. */
export async function watchJob(context: CommandContext, jobId: string): Promise<void> {
  const { output, signal } = context
  const bars = phaseBars(output, labels)
  let isToldToWait = false
  const job = await withDatabase(context, async (database) => {
    for (;;) {
      const properties = toJson(await findJob(database, jobId))
      const { status, progress, etaSeconds } = properties
      if (typeof status === 'string' && status in exitCodes) return properties
      if (status === 'PENDING' && !isToldToWait) output.note(`The job ${jobId} waits for a daemon; 'smg serve' is one.`)
      isToldToWait = true
      const percent = typeof progress === 'number' ? Math.floor(100 * progress) : 0
      bars.update(labelOf(properties), percent, 100, typeof etaSeconds === 'number' ? `about ${etaSeconds} s left` : '')
      await delay(everyMillis, undefined, { signal }).catch(() => undefined)
      throwIfInterrupted(signal, 'watching')
    }
  }).finally(bars.stop)
  output.json(job)
  const { status, error } = job
  output.line(`The job ${jobId} is ${status}${typeof error === 'string' ? `: ${error}` : ''}`)
  process.exitCode = exitCodes[String(status)] ?? 1
}

function toJson(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, toJsonValue(value)]))
}

function labelOf({ status, phase }: Readonly<Record<string, unknown>>): Label {
  if (status === 'PENDING') return 'pending'
  return isLabel(phase) ? phase : 'other'
}

function isLabel(phase: unknown): phase is Label {
  return typeof phase === 'string' && Object.hasOwn(labels, phase)
}
