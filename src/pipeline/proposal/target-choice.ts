/** Which property of graph nodes is there to be learned. */
import type { ModelOptions } from '../../config/schema.ts'
import { wordsOf } from './name-words.ts'
import type { PropertySample } from './sampled-values.ts'

export interface TargetCandidate {
  readonly property: string
  readonly task: ModelOptions['task']
  /** Values with the number of sampled graphs that have them; none for a regression. */
  readonly classes: ReadonlyMap<unknown, number>
  /** Graphs of the sample that have it, and all of them. */
  readonly count: number
  readonly total: number
  /** From 0 on; the better, the more it looks like a target. */
  readonly score: number
}

const mostClasses = 20
/** As the split needs: one for training, one for validation, one for test. */
const fewestPerClass = 3
const fewestNumbers = 10

const strong = new Set([
  'target',
  'class',
  'label',
  'y',
  'verdict',
  'outcome',
  'diagnosis',
  'suspicious',
  'fraud',
  'fraudulent',
  'toxic',
  'active',
])
const asked = new Set(['is', 'has', 'was'])
const weak = new Set([
  'target',
  'class',
  'label',
  'verdict',
  'outcome',
  'diagnosis',
  'type',
  'category',
  'status',
  'risk',
  'score',
  'result',
  'value',
])
const unlikely = new Set([
  'id',
  'key',
  'uuid',
  'name',
  'title',
  'date',
  'time',
  'at',
  'created',
  'updated',
  'version',
  'year',
  'count',
  'size',
  'num',
  'index',
  'order',
  'position',
  'text',
])

/** From -1, names that are seldom learned, to 2. */
function nameScoreOf(name: string): number {
  const words = wordsOf(name)
  if (strong.has(words.join('')) || asked.has(words[0] ?? '')) return 2
  if (unlikely.has(words.at(-1) ?? '')) return -1
  return words.some((word) => weak.has(word)) ? 1 : 0
}

/** Best first. */
export function targetCandidates(
  samples: readonly PropertySample[],
  isExcluded: (property: string) => boolean,
): readonly TargetCandidate[] {
  return samples
    .filter(({ name }) => !isExcluded(name))
    .flatMap(candidateFrom)
    .sort((a, b) => b.score - a.score)
}

function candidateFrom(sample: PropertySample): TargetCandidate[] {
  const { name, type, values, count, distinct } = sample
  const common = { property: name, count, total: values.length }
  const nameScore = nameScoreOf(name)
  const presence = count / values.length
  const isCategory = type === 'STRING' || type === 'INTEGER' || type === 'BOOLEAN'
  if (isCategory && distinct >= 2 && distinct <= mostClasses) {
    const classes = new Map<unknown, number>()
    for (const value of values) if (value !== null) classes.set(value, (classes.get(value) ?? 0) + 1)
    if (Math.min(...classes.values()) >= fewestPerClass) {
      const typeScore = type === 'BOOLEAN' ? 1 : type === 'STRING' ? 0.8 : 0.2
      return scored({ ...common, task: 'classification', classes }, nameScore + typeScore + presence)
    }
  }
  const isNumber = type === 'FLOAT' || type === 'INTEGER'
  if (!isNumber || distinct < fewestNumbers) return []
  // Integers that never repeat number the graphs.
  const typeScore = type === 'FLOAT' ? 0.3 : distinct === count ? -1 : 0
  return scored({ ...common, task: 'regression', classes: new Map() }, nameScore + typeScore + presence)
}

function scored(candidate: Omit<TargetCandidate, 'score'>, score: number): TargetCandidate[] {
  return score < 0 ? [] : [{ ...candidate, score }]
}
