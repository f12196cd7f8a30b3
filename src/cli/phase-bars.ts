/** Progress of work in phases: one bar after the other, as the phases come. */
import type { Output, Progress } from './output.ts'

export interface PhaseBars<Phase extends string> {
  update(phase: Phase, done: number, total: number, detail?: string): void
  /** Ends the bar that is shown; harmless when repeated. */
  stop(): void
}

export function phaseBars<Phase extends string>(
  output: Output,
  labels: Readonly<Record<Phase, string>>,
): PhaseBars<Phase> {
  let current: { readonly phase: Phase; readonly bar: Progress } | undefined
  return {
    update: (phase, done, total, detail) => {
      if (current?.phase !== phase) {
        current?.bar.stop()
        current = { phase, bar: output.progress(labels[phase]) }
      }
      current.bar.update(done, total, detail)
    },
    stop: () => current?.bar.stop(),
  }
}
