/** Whether a member property gives the target away, so that there would be nothing to learn from the graph. */
import type { ModelOptions } from '../../config/schema.ts'
import type { PropertyValue } from '../../graph/subgraph.ts'

/** A sampled graph as one member property shows it. */
export interface GraphValues {
  readonly target: PropertyValue
  /** Of its members. */
  readonly values: readonly PropertyValue[]
}

/** Fewer graphs, or fewer of a class, prove nothing. */
const fewestGraphs = 20
const fewestPerClass = 5
const mostValues = 100
/** Share of graphs that a rule has to get right. */
const nearlyAll = 0.98
/** Share of a class whose graphs have a mark that no other graph has. */
const clearShare = 0.2

/** In words how the property gives the target away; `null` where it does not in this sample. */
export function leakOf(
  graphs: readonly GraphValues[],
  { task, targetProperty }: { readonly task: ModelOptions['task']; readonly targetProperty: string },
): string | null {
  const labelled = graphs.filter(({ target, values }) => target !== null && values.length > 0)
  if (labelled.length < fewestGraphs) return null
  if (task === 'regression') return numberLeak(labelled, targetProperty)
  const classes = [...new Set(labelled.map(({ target }) => target))]
  const sizes = classes.map((value) => labelled.filter(({ target }) => target === value).length)
  if (classes.length < 2 || Math.min(...sizes) < fewestPerClass) return null
  return markLeak(labelled, classes, targetProperty) ?? thresholdLeak(labelled, classes, targetProperty)
}

/** A value that is there in the graphs of one class and in no others. */
function markLeak(graphs: readonly GraphValues[], classes: readonly PropertyValue[], target: string): string | null {
  const values = new Set(graphs.flatMap((graph) => graph.values).filter((value) => typeof value !== 'number'))
  if (values.size > mostValues) return null
  const sets = graphs.map((graph) => new Set(graph.values))
  const marks = [...values].map((value) => ({ value, has: sets.map((set) => set.has(value)) }))
  const best = classes.map((label) =>
    largest(
      marks.map(({ value, has }) => {
        const agreeing = has.filter((there, i) => there === (graphs[i]?.target === label)).length / graphs.length
        return { value, agreement: Math.max(agreeing, 1 - agreeing) }
      }),
    ),
  )
  if (best.every((mark) => mark !== undefined && mark.agreement >= nearlyAll))
    return `whether it is ${shown(best[0]?.value)} at a member tells ${target} in ${percent(Math.min(...best.map((mark) => mark?.agreement ?? 0)))} of the graphs`
  for (const label of classes) {
    const inClass = graphs.filter(({ target: of }) => of === label).length
    const here = sets.filter((set, i) => set.has(true) && graphs[i]?.target === label).length
    const all = sets.filter((set) => set.has(true)).length
    if (here === all && here >= fewestPerClass && here >= clearShare * inClass)
      return `it is true in graphs of ${target} ${shown(label)} alone, in ${percent(here / inClass)} of them`
  }
  return null
}

const summaries: readonly (readonly [string, (numbers: readonly number[]) => number])[] = [
  ['mean', (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length],
  ['smallest value', (numbers) => Math.min(...numbers)],
  ['largest value', (numbers) => Math.max(...numbers)],
]

function numbersIn({ values }: GraphValues): number[] {
  return values.flatMap((value) => (typeof value === 'number' || typeof value === 'bigint' ? [Number(value)] : []))
}

/** A number per graph that lies below a threshold in one class and above it in the others. */
function thresholdLeak(
  graphs: readonly GraphValues[],
  classes: readonly PropertyValue[],
  target: string,
): string | null {
  const numbers = graphs.map(numbersIn)
  if (numbers.some((of) => of.length === 0)) return null
  for (const [name, summary] of summaries) {
    const sorted = numbers
      .map((of, i) => ({ number: summary(of), target: graphs[i]?.target }))
      .sort((a, b) => a.number - b.number)
    const best = classes.map((label) => thresholdAccuracy(sorted, label))
    if (best.every((accuracy) => accuracy >= nearlyAll))
      return `its ${name} in a graph tells ${target} in ${percent(Math.min(...best))} of the graphs`
  }
  return null
}

function thresholdAccuracy(
  sorted: readonly { readonly number: number; readonly target: PropertyValue | undefined }[],
  label: PropertyValue,
): number {
  const all = sorted.filter(({ target }) => target === label).length
  let below = 0
  let best = 0
  sorted.forEach(({ number, target }, i) => {
    if (target === label) below++
    if (sorted[i + 1]?.number === number) return
    const right = below + (sorted.length - i - 1 - (all - below))
    best = Math.max(best, right, sorted.length - right)
  })
  return best / sorted.length
}

function numberLeak(graphs: readonly GraphValues[], target: string): string | null {
  const numbers = graphs.map(numbersIn)
  if (numbers.some((of) => of.length === 0)) return null
  const targets = graphs.map(({ target: value }) => Number(value))
  for (const [name, summary] of summaries) {
    const correlation = Math.abs(correlationOf(numbers.map(summary), targets))
    if (correlation >= nearlyAll)
      return `its ${name} in a graph is all but ${target} (correlation ${correlation.toFixed(2)})`
  }
  return null
}

/** Pearson's; 0 where one of them never changes. */
function correlationOf(a: readonly number[], b: readonly number[]): number {
  const middle = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  const [meanA, meanB] = [middle(a), middle(b)]
  let [ab, aa, bb] = [0, 0, 0]
  a.forEach((value, i) => {
    const [fromA, fromB] = [value - meanA, (b[i] ?? 0) - meanB]
    ab += fromA * fromB
    aa += fromA * fromA
    bb += fromB * fromB
  })
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}

function largest<T extends { readonly agreement: number }>(marks: readonly T[]): T | undefined {
  return [...marks].sort((a, b) => b.agreement - a.agreement)[0]
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
