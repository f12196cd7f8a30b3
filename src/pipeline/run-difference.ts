/** Which predictions differ between two runs of a projection, and by how much. */
import { ConfigError } from '../errors.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import type { Database } from '../neo4j/database.ts'
import { type RunPart, runParts, runsBetween, showRun } from '../neo4j/run-catalogue.ts'

export interface PredictionChange {
  readonly key: Key
  /** Class, or number of a regression; `null` where the graph had none of this kind. */
  readonly before: string | number | null
  readonly after: string | number
  /** Of the predicted class. */
  readonly probabilityBefore: number | null
  readonly probabilityAfter: number | null
  /** Of numbers, or of the probability where the class is the same; else `null`. */
  readonly difference: number | null
}

export interface RunDifference {
  readonly from: string
  readonly to: string
  /** "name:version" */
  readonly model: string | null
  /** Runs in between of which is not kept any more what they changed. */
  readonly forgotten: readonly string[]
  /** Graphs that were scored after `from`, up to and with `to`. */
  readonly graphCount: number
  /** Among them: that had no prediction. */
  readonly added: number
  /** That have another class, or another number. */
  readonly changed: number
  readonly unchanged: number
  /** Of numbers, or of probabilities where the class is the same; `null` where there is none. */
  readonly meanAbsoluteDifference: number | null
  /** How many graphs went from one class to another, most frequent first; none of a regression. */
  readonly transitions: readonly { readonly before: string; readonly after: string; readonly count: number }[]
  /** Graphs with another class first, then by the size of the difference; at most as many as asked for. */
  readonly changes: readonly PredictionChange[]
}

const partsPerPage = 200n

/**
 * What happened after `from`, up to and with `to`: one run alone where both are the same.
 * @throws ConfigError where there is no such run, or they are of different projections or in the wrong order
 */
export async function runDifference(
  database: Database,
  { from, to, limit }: { readonly from: string; readonly to: string; readonly limit: number },
): Promise<RunDifference> {
  const runs = await database.run(runsBetween, {}, { from, to })
  if (runs.length === 0) throw await whyNone(database, [from, to])
  const changes = new Map<string, PredictionChange>()
  const forgotten: string[] = []
  for (const { runId, scored } of runs) {
    let isForgotten = scored > 0
    for await (const part of partsOf(database, runId)) {
      isForgotten = false
      for (const change of changesIn(part)) note(changes, change)
    }
    if (isForgotten) forgotten.push(runId)
  }
  return { from, to, model: runs.at(-1)?.model ?? null, forgotten, ...summarized([...changes.values()], limit) }
}

async function* partsOf(database: Database, runId: string): AsyncGenerator<RunPart> {
  for (let after = ''; ; ) {
    const parts = await database.run(runParts, {}, { runId, after, limit: partsPerPage })
    yield* parts
    const last = parts.at(-1)
    if (last === undefined) return
    after = last.part
  }
}

function* changesIn(part: RunPart): Generator<PredictionChange> {
  for (const [i, key] of part.keys.entries()) {
    const [after, before] = [part.predictions[i] ?? '', part.previousPredictions[i] ?? '']
    const probabilityBefore = numberOrNull(part.previousProbabilities[i])
    yield {
      key,
      // What there was not is NaN. A class without a name has a probability all the same.
      before: typeof before === 'number' ? numberOrNull(before) : probabilityBefore === null ? null : before,
      after,
      probabilityBefore,
      probabilityAfter: numberOrNull(part.probabilities[i]),
      difference: null,
    }
  }
}

/** The first of several runs tells what there was, the last what there is. */
function note(changes: Map<string, PredictionChange>, change: PredictionChange): void {
  const id = keyText(change.key)
  const earlier = changes.get(id)
  const { before, probabilityBefore } = earlier ?? change
  const whole = { ...change, before, probabilityBefore }
  changes.set(id, { ...whole, difference: differenceOf(whole) })
}

function differenceOf({ before, after, probabilityBefore, probabilityAfter }: PredictionChange): number | null {
  if (typeof before === 'number' && typeof after === 'number') return after - before
  if (before !== after || probabilityBefore === null || probabilityAfter === null) return null
  return probabilityAfter - probabilityBefore
}

function summarized(changes: readonly PredictionChange[], limit: number) {
  const known = changes.filter(({ before }) => before !== null)
  const changed = known.filter(({ before, after }) => before !== after)
  const moved = known.filter(({ before, after, difference }) => before !== after || (difference ?? 0) !== 0)
  const sizes = known.flatMap(({ difference }) => (difference === null ? [] : [Math.abs(difference)]))
  const size = ({ difference }: PredictionChange) =>
    difference === null ? Number.POSITIVE_INFINITY : Math.abs(difference)
  return {
    graphCount: changes.length,
    added: changes.length - known.length,
    changed: changed.length,
    unchanged: known.length - changed.length,
    meanAbsoluteDifference: sizes.length === 0 ? null : sizes.reduce((sum, value) => sum + value, 0) / sizes.length,
    transitions: transitionsOf(changed),
    changes: moved.sort((a, b) => size(b) - size(a) || (keyText(a.key) < keyText(b.key) ? -1 : 1)).slice(0, limit),
  }
}

function transitionsOf(changed: readonly PredictionChange[]): RunDifference['transitions'] {
  const counts = new Map<string, { before: string; after: string; count: number }>()
  for (const { before, after } of changed) {
    if (typeof before !== 'string' || typeof after !== 'string') continue
    const id = JSON.stringify([before, after])
    const { count } = counts.get(id) ?? { count: 0 }
    counts.set(id, { before, after, count: count + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}

async function whyNone(database: Database, runIds: readonly string[]): Promise<ConfigError> {
  const rows = await Promise.all(runIds.map((runId) => database.run(showRun, {}, { runId })))
  const missing = runIds.filter((_, i) => rows[i]?.length === 0)
  const got =
    missing.length > 0
      ? `no run '${missing.join("' and no run '")}'`
      : `those of ${rows.map(([row]) => `${row?.run['projection']} at ${row?.run['startedAt']}`).join(' and ')}`
  return new ConfigError(
    `Cannot compare runs: expected two runs of one projection, the earlier first, got ${got}; 'smg runs list' shows them`,
  )
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
