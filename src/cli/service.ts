/** A command that serves until it is asked to stop. */
import { InterruptedError } from '../errors.ts'
import type { Output } from './output.ts'

export interface ServiceOptions {
  /** Such as "daemon". */
  readonly name: string
  readonly graceSeconds: number
  readonly output: Output
  /** What its JSON says beside its times. */
  readonly facts?: object
}

/**
 * SIGTERM is how a service is asked to stop, and ends with 0 within its grace; Ctrl-C interrupts at once, and ends with 130.
 *
 * @param serve resolves when it has stopped; `graceMillis` tells how long the work that is under way then may go on
 */
export async function runService(
  { name, graceSeconds, output, facts = {} }: ServiceOptions,
  serve: (startedAt: string, graceMillis: () => number) => Promise<void>,
): Promise<void> {
  const startedAt = new Date().toISOString()
  let isTerminated = false
  const noteTermination = () => {
    isTerminated = true
  }
  // Before the signal of the command is aborted, as the grace depends on it.
  process.prependListener('SIGTERM', noteTermination)
  try {
    await serve(startedAt, () => (isTerminated ? 1000 * graceSeconds : 0))
  } finally {
    process.off('SIGTERM', noteTermination)
  }
  output.json({ ...facts, startedAt, stoppedAt: new Date().toISOString() })
  if (!isTerminated) throw new InterruptedError(`Interrupted: the ${name} has stopped`)
}
