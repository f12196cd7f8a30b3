/** Lets a signal be aborted amid a long loop that never waits. */
import { setImmediate } from 'node:timers/promises'
import { throwIfInterrupted } from '../errors.ts'

const graphsPerTurn = 256

/**
 * The same graphs, with a turn of the event loop before every 256 of them.
 *
 * @throws InterruptedError once the signal is aborted; `phase` is as in {@link throwIfInterrupted}
 */
export async function* interruptible<T>(
  graphs: Iterable<T>,
  signal: AbortSignal | undefined,
  phase: string,
): AsyncGenerator<T> {
  let count = 0
  for (const graph of graphs) {
    if (count % graphsPerTurn === 0) await setImmediate()
    throwIfInterrupted(signal, phase)
    yield graph
    count++
  }
}
