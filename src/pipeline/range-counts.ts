/** What came of scoring a range of graphs, as plain data that can be added up over ranges. */
import { changedSincePropertyOf } from '../config/graph-nodes.ts'
import type { Projection } from '../config/schema.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import { type ChangeCounts, noChanges } from './changed-graphs.ts'
import { warningsOf } from './unseen.ts'
import { strayWarnings, type UntouchedCounts } from './untouched.ts'

export interface RangeCounts extends ChangeCounts, UntouchedCounts {
  /** Of all that were looked at, whether read or not. */
  graphCount: number
  /** Memberships of former members that were taken back with what was written about their graphs. */
  retracted: number
  nodePropertiesWritten: number
  /** Graphs that were changed while they were scored. */
  readonly outdated: Key[]
  /** What the backend had to say. */
  backendWarning: string | null
}

export function nothingCounted(): RangeCounts {
  return {
    ...noChanges(),
    untouched: 0,
    strays: 0,
    strayTypes: [],
    graphCount: 0,
    retracted: 0,
    nodePropertiesWritten: 0,
    outdated: [],
    backendWarning: null,
  }
}

export function sumOfCounts(ranges: readonly RangeCounts[]): RangeCounts {
  return ranges.reduce(
    (sum, range) => ({
      nodeCount: sum.nodeCount + range.nodeCount,
      scored: sum.scored + range.scored,
      added: sum.added + range.added,
      changed: sum.changed + range.changed,
      unchanged: sum.unchanged + range.unchanged,
      withOtherMembers: sum.withOtherMembers + range.withOtherMembers,
      cutGraphs: sum.cutGraphs + range.cutGraphs,
      problems: [...sum.problems, ...range.problems],
      unseen: {
        parallelEdges: sum.unseen.parallelEdges + range.unseen.parallelEdges,
        selfLoops: sum.unseen.selfLoops + range.unseen.selfLoops,
        unseenCategories: sum.unseen.unseenCategories + range.unseen.unseenCategories,
      },
      untouched: sum.untouched + range.untouched,
      strays: sum.strays + range.strays,
      strayTypes: [...sum.strayTypes, ...range.strayTypes],
      graphCount: sum.graphCount + range.graphCount,
      retracted: sum.retracted + range.retracted,
      nodePropertiesWritten: sum.nodePropertiesWritten + range.nodePropertiesWritten,
      outdated: [...sum.outdated, ...range.outdated],
      backendWarning: sum.backendWarning ?? range.backendWarning,
    }),
    nothingCounted(),
  )
}

/** In sentences, what people should know of it. */
export function rangeWarnings(counts: RangeCounts, projection: Projection): string[] {
  const { backendWarning, unseen, outdated } = counts
  return [
    ...(backendWarning === null ? [] : [backendWarning]),
    ...strayWarnings(counts, changedSincePropertyOf(projection)),
    ...cutWarnings(counts, projection),
    ...warningsOf(unseen),
    ...(outdated.length > 0 ? [outdatedWarning(outdated)] : []),
  ]
}

const outdatedShown = 5

function outdatedWarning(keys: readonly Key[]): string {
  const more = keys.length > outdatedShown ? ' and others' : ''
  return `${keys.length} graphs were changed while they were scored and keep what they had until the next sync: ${keys.slice(0, outdatedShown).map(keyText).join(', ')}${more}`
}

function cutWarnings({ cutGraphs }: RangeCounts, projection: Projection): string[] {
  if (cutGraphs === 0 || projection.kind !== 'neighbourhood') return []
  const { maxNodes, hops } = projection
  return [`${cutGraphs} graphs have more than maxNodes ${maxNodes} nodes within ${hops} hops; the nearest were taken`]
}
