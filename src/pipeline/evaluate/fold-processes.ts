/** Trains on folds in processes of their own: training leaves a process no time for anything else. */
import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { InterruptedError, SmgError, SourceDataError } from '../../errors.ts'
import type { FoldOrder, FoldReport } from './fold-messages.ts'

export interface ChainOptions {
  readonly signal: AbortSignal
  /** Told after each epoch of an order. */
  readonly onEpoch: (order: FoldOrder, epoch: number) => void
  /** Told when an order is carried out. */
  readonly onDone: (order: FoldOrder) => void
}

export interface FoldProcesses {
  /**
   * Carries out orders one after the other, in one process; several calls at a time have one each. Resolves when all records are whole.
   *
   * @throws SmgError or SourceDataError naming the fold that failed; InterruptedError once the signal is aborted
   */
  train(orders: readonly FoldOrder[], options: ChainOptions): Promise<void>
  close(): void
}

export function createFoldProcesses(): FoldProcesses {
  const idle: ChildProcess[] = []
  return {
    train: async (orders, { signal, onEpoch, onDone }) => {
      const child = idle.pop() ?? startProcess()
      const kill = () => child.kill('SIGKILL')
      signal.addEventListener('abort', kill)
      try {
        for (const order of orders) {
          if (signal.aborted) throw new InterruptedError('Interrupted while evaluating')
          await carriedOut(child, order, onEpoch)
          onDone(order)
        }
        idle.push(child)
      } catch (thrown) {
        kill()
        throw thrown
      } finally {
        signal.removeEventListener('abort', kill)
      }
    },
    close: () => {
      for (const child of idle.splice(0)) child.kill('SIGKILL')
    },
  }
}

function startProcess(): ChildProcess {
  const program = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './fold-process.ts' : './fold-process.js', import.meta.url),
  )
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return fork(program, {
    serialization: 'advanced',
    // In the repository it runs from its source.
    execArgv: program.endsWith('.ts') ? ['--import', loader()] : [],
  }).on('error', () => undefined)
}

/** Resolves when the process has done as it was told. */
async function carriedOut(child: ChildProcess, order: FoldOrder, onEpoch: ChainOptions['onEpoch']): Promise<void> {
  const { kind, task } = order
  const { repeat, fold } = task
  const name = `${kind === 'smg' ? '' : `${kind} on `}fold ${fold}${repeat > 1 ? ` of repeat ${repeat}` : ''}`
  const { promise, resolve, reject } = deferred()
  const hear = (report: FoldReport) => {
    if (report.kind === 'epoch') onEpoch(order, report.epoch)
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
