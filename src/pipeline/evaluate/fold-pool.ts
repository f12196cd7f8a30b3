/** Trains on folds in processes of their own, some at a time. */
import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { InterruptedError, SmgError, SourceDataError } from '../../errors.ts'
import type { FoldOrder, FoldReport } from './fold-messages.ts'

export interface FoldPoolOptions {
  /** Processes at a time. */
  readonly processes: number
  readonly signal?: AbortSignal | undefined
  /** Told after each epoch of a fold. */
  readonly onEpoch?: ((order: FoldOrder, epoch: number) => void) | undefined
  /** Told when the training on a fold is over. */
  readonly onDone?: ((order: FoldOrder) => void) | undefined
}

/**
 * Resolves when all records are whole; after a failure no new fold is begun, and those that run are ended.
 *
 * @param chains orders that one process carries out one after the other
 *
 * @throws SmgError or SourceDataError naming the fold that failed; InterruptedError once the signal is aborted
 */
export async function trainFolds(chains: readonly (readonly FoldOrder[])[], options: FoldPoolOptions): Promise<void> {
  const { processes, signal } = options
  const failure = new AbortController()
  const stop = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal])
  const waiting = [...chains]
  const work = async () => {
    const child = startProcess(stop)
    try {
      for (let chain = waiting.shift(); chain !== undefined; chain = waiting.shift())
        for (const order of chain) {
          if (stop.aborted) return
          await carriedOut(child, order, options)
          options.onDone?.(order)
        }
    } catch (thrown) {
      failure.abort()
      throw thrown
    } finally {
      child.kill('SIGKILL')
    }
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(processes, chains.length) }, work))
  if (signal?.aborted) throw new InterruptedError('Interrupted while evaluating; the same command goes on where it was')
  const failed = results.filter((result) => result.status === 'rejected')
  // Those that were ended because of the first say nothing of their own.
  for (const { reason } of failed) if (!(reason instanceof InterruptedError)) throw reason
  for (const { reason } of failed) throw reason
}

function startProcess(signal: AbortSignal): ChildProcess {
  const program = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './fold-process.ts' : './fold-process.js', import.meta.url),
  )
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return fork(program, {
    serialization: 'advanced',
    // In the repository it runs from its source.
    execArgv: program.endsWith('.ts') ? ['--import', loader()] : [],
    signal,
    killSignal: 'SIGKILL',
  }).on('error', () => undefined)
}

/** Resolves when the process has done as it was told. */
async function carriedOut(child: ChildProcess, order: FoldOrder, { onEpoch }: FoldPoolOptions): Promise<void> {
  const { kind, task } = order
  const { repeat, fold } = task
  const name = `${kind === 'smg' ? '' : `${kind} on `}fold ${fold}${repeat > 1 ? ` of repeat ${repeat}` : ''}`
  const { promise, resolve, reject } = deferred()
  const hear = (report: FoldReport) => {
    if (report.kind === 'epoch') onEpoch?.(order, report.epoch)
    else if (report.kind === 'done') resolve()
    else reject(errorOf(report, name))
  }
  const ended = (code: number | null, signal: string | null) =>
    reject(
      child.killed
        ? new InterruptedError(`Interrupted while evaluating ${name}`)
        : new SmgError(`Cannot evaluate ${name}: its process ended with ${signal ?? `exit code ${code}`}`),
    )
  child.on('message', hear).once('exit', ended)
  try {
    child.send(order)
    await promise
  } finally {
    child.off('message', hear).off('exit', ended)
  }
}

function errorOf({ name, message }: Extract<FoldReport, { kind: 'failed' }>, fold: string): SmgError {
  const sentence = `Cannot evaluate ${fold}: ${message}`
  return name === 'SourceDataError' ? new SourceDataError(sentence) : new SmgError(sentence)
}

function deferred() {
  let resolve: () => void = () => undefined
  let reject: (reason: Error) => void = () => undefined
  const promise = new Promise<void>((done, failed) => {
    resolve = done
    reject = failed
  })
  return { promise, resolve, reject }
}
