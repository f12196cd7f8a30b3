/**
 * How far a job is and how long it will still take: pure, time is an argument.
 *
 * The current phase is judged by the rate of the second half of what it has done: caches are cold at first. Phases still to come are expected to take as long as in the last run of the
 * projection, corrected by how this one compares so far; without such a run, as long as the phases that are done: scoring reads
 * all graphs again. Progress is the share of the time that has passed, and never goes back.
 */
import type { RunTimes } from '../neo4j/job-catalogue.ts'

const phases = ['read', 'train', 'score'] as const
type WorkPhase = (typeof phases)[number]
export type PhaseMillis = Readonly<Record<WorkPhase, number | null>>

export interface JobProgress {
  readonly phase: string | null
  /** 0 to 1; 1 is for a job that has finished. */
  readonly progress: number
  /** `null` while nothing is known. */
  readonly etaSeconds: number | null
}

export interface ProgressEstimate {
  /** `done` of `total` units of the phase; phases come in their order. */
  readonly report: (phase: string, done: number, total: number, nowMillis: number) => void
  readonly at: (nowMillis: number) => JobProgress
}

/** What the phases took in the last run; reading is done twice by a run that trains. */
export function expectedMillis(times: RunTimes | undefined): PhaseMillis {
  const { readMillis, trainMillis, computeMillis, writeMillis, lastTrainMillis } = times ?? noTimes
  const read = readMillis === null ? null : readMillis / ((trainMillis ?? 0) > 0 ? 2 : 1)
  // While graphs are read and computed, those before them are written.
  const score = read === null ? null : Math.max(read + (computeMillis ?? 0), writeMillis ?? 0)
  return { read, train: lastTrainMillis, score }
}
/** Nothing is scored after the trainings of an evaluation. */
export const ofEvaluation: PhaseMillis = { read: null, train: null, score: 0 }

const noTimes: RunTimes = {
  readMillis: null,
  trainMillis: null,
  computeMillis: null,
  writeMillis: null,
  lastTrainMillis: null,
}

interface Report {
  readonly done: number
  readonly total: number
  readonly at: number
}
interface PhaseSoFar {
  readonly name: string
  readonly startedAt: number
  readonly first: Report
  last: Report
  /** Those at which more was done than before, in their order. */
  readonly reports: Report[]
  /** Place of the last of them before the second half. */
  half: number
}

/** After the last epoch masks are measured, which takes about as long as so many epochs. */
const epochsOfMeasuring = 2
/** Of the time until the last graph is written: what is left of former members goes, and the embeddings get their index. */
const shareOfCleaning = 0.05
/** Another machine or other data explain no more than that. */
const mostCorrection = 4
const mostUnfinished = 0.99

export function createProgressEstimate(expected: PhaseMillis, startedAt: number): ProgressEstimate {
  const over: PhaseSoFar[] = []
  let current: PhaseSoFar | undefined
  let workStartedAt = startedAt
  let progress = 0

  /** Where the phase before says that it was done, the next has begun then; otherwise it is not known when. */
  const startOf = (now: number) => {
    if (current === undefined) return startedAt
    return isDone(current) ? current.last.at : now
  }

  const expectedOf = (phase: WorkPhase): number => {
    const known = expected[phase]
    if (known !== null) return known * correction(over, expected)
    const reading = [...over, current].find((each) => each?.name === 'read')
    if (phase === 'read' || reading === undefined) return 0
    return spent(reading) + (reading === current ? (remainingOf(reading, reading.last.at) ?? 0) : 0)
  }

  const remainingOf = (phase: PhaseSoFar, now: number): number | null => {
    const { done, total, at } = phase.last
    const whole = isWorkPhase(phase.name) ? expectedOf(phase.name) : 0
    // Of trainings the last one says little: they end when they end.
    const unit = unitMillis(phase, phase.name === 'score' && whole > 0 ? whole : null)
    if (unit === null) return whole > 0 ? Math.max(whole / 10, whole - (now - phase.startedAt)) : null
    const byRate = (total - done) * unit
    return Math.max(0, byRate + tailOf(phase, byRate, unit) - (now - at))
  }

  const tailOf = (phase: PhaseSoFar, byRate: number, unit: number): number => {
    if (phase.name === 'train') return epochsOfMeasuring * unit
    return phase.name === 'score' ? shareOfCleaning * (spent(phase) + byRate) : 0
  }

  const remaining = (now: number): number | null => {
    if (current === undefined) return null
    const name = current.name
    if (!isWorkPhase(name)) return null
    const toCome = phases.slice(phases.indexOf(name) + 1)
    const left = remainingOf(current, now)
    return left === null ? null : left + toCome.reduce((sum, phase) => sum + expectedOf(phase), 0)
  }

  return {
    report: (name, done, total, now) => {
      const last = { done, total, at: now }
      if (current?.name === name) {
        if (done > current.last.done) current.reports.push(last)
        current.last = last
        return
      }
      if (current !== undefined && !isWorkPhase(current.name)) workStartedAt = now
      const next = { name, startedAt: startOf(now), first: last, last, reports: [last], half: 0 }
      if (current !== undefined) over.push(current)
      current = next
    },
    at: (now) => {
      const left = remaining(now)
      const worked = Math.max(0, now - workStartedAt)
      if (left !== null && worked + left > 0)
        progress = Math.max(progress, Math.min(mostUnfinished, worked / (worked + left)))
      return { phase: current?.name ?? null, progress, etaSeconds: left === null ? null : Math.ceil(left / 1000) }
    },
  }
}

function isWorkPhase(name: string): name is WorkPhase {
  return phases.some((phase) => phase === name)
}

function isDone({ last }: PhaseSoFar): boolean {
  return last.done >= last.total
}

function spent({ startedAt, last }: PhaseSoFar): number {
  return last.at - startedAt
}

/** Milliseconds a unit; `null` before the first is done, or where it is not known how long that took. `expected` are those of the whole phase. */
function unitMillis(phase: PhaseSoFar, expected: number | null): number | null {
  const { name, startedAt, first, last } = phase
  if (last.done > first.done) {
    const from = halfWay(phase)
    return (last.at - from.at) / (last.done - from.done)
  }
  // Epochs are told one by one, the first of a training that is gone on with as well.
  const units = name === 'train' ? Math.min(1, first.done) : first.done
  if (units <= 0 || first.at <= startedAt) return null
  const measured = (first.at - startedAt) / units
  // The time up to the first report may hold what is done once.
  return expected === null ? measured : Math.min(measured, expected / Math.max(1, last.total))
}

function halfWay(phase: PhaseSoFar): Report {
  const { reports, first, last } = phase
  const middle = (first.done + last.done) / 2
  while ((reports[phase.half + 1]?.done ?? Number.POSITIVE_INFINITY) <= middle) phase.half++
  return reports[phase.half] ?? first
}

/** How much longer the phases that are over took than they did in the last run. */
function correction(over: readonly PhaseSoFar[], expected: PhaseMillis): number {
  let [took, known] = [0, 0]
  for (const phase of over) {
    const millis = isWorkPhase(phase.name) ? expected[phase.name] : null
    if (millis === null || phase.name === 'train') continue
    took += spent(phase)
    known += millis
  }
  return known === 0 ? 1 : Math.min(mostCorrection, Math.max(1 / mostCorrection, took / known))
}
