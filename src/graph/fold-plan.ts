/** How to fold graphs: at all, and in how many stages. */
import { type Colouring, refineColours } from './colours.ts'
import type { GraphArrays } from './encoded-graph.ts'
import { packGraphs } from './packed-graphs.ts'

/** Batches of one plan have the same form, so that one compiled program serves them all. */
export interface FoldPlan {
  /** Rounds of colour refinement, 2K for a network of K layers; `null`: every node is a row of its own. */
  readonly rounds: number | null
  /** Stages: those of rounds 0, 1, ..., and the shared one of the last round. From 1 to `rounds` + 1; without rounds 1. */
  readonly stageCount: number
  /** Rows of the shared stage: every node. Left out: the colours of the last round */
  readonly sharedStage?: 'nodes'
}

/** Every node a row of its own. */
export const unfolded: FoldPlan = { rounds: null, stageCount: 1 }

/** A stage that has this share of the shared one's rows is not worth having beside it. */
const nearlyShared = 0.8
/** Folding is worth its time if it leaves at most this share of the rows, on average over a network's steps. */
const worthwhile = 0.9
/** Graphs that are computed with but once are folded all the way only where this share of the rows is left in the end. */
const worthAllRounds = 0.5
/** Graphs looked at. */
const sampleSize = 64

/**
 * Looks at some of the graphs as one batch would, for a network of so many layers: a colour counts once, however many graphs
 * have it. Graphs that are computed with `once` get the first, cheap rounds, which leave by far the fewest rows.
 */
export function planFold(graphs: readonly GraphArrays[], layers: number, use: 'often' | 'once' = 'often'): FoldPlan {
  const stride = Math.max(1, Math.floor(graphs.length / sampleSize))
  const sample = graphs.filter((_, g) => g % stride === 0).slice(0, sampleSize)
  // No two edges with features of their own are alike.
  if (sample.length === 0 || sample.some(({ edgeFeatureCount }) => edgeFeatureCount > 0)) return unfolded
  const rounds = 2 * layers
  const counts = refineColours(sample, packGraphs(sample), rounds).map(distinctColours)
  const nodeCount = sample.reduce((sum, graph) => sum + graph.nodeCount, 0)
  const rowCount = counts.slice(1).reduce((sum, count) => sum + count, 0)
  if (rowCount > worthwhile * rounds * nodeCount) return unfolded
  if (use === 'once' && (counts.at(-1) ?? 0) > worthAllRounds * nodeCount) {
    const stageCount = counts.findIndex((count) => count > worthAllRounds * nodeCount) + 1
    return stageCount === 1 ? unfolded : { rounds: stageCount - 2, stageCount, sharedStage: 'nodes' }
  }
  const shared = counts.findIndex((count) => count >= nearlyShared * (counts.at(-1) ?? 0))
  return { rounds, stageCount: shared + 1 }
}

function distinctColours({ low, high }: Colouring): number {
  const seen = new Set<bigint>()
  low.forEach((half, row) => {
    seen.add((BigInt(high[row] ?? 0) << 32n) ^ BigInt(half))
  })
  return seen.size
}
