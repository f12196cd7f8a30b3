/** How to fold graphs: at all, and in how many stages. */
import { type Colouring, refineColours } from './colours.ts'
import type { GraphArrays } from './encoded-graph.ts'
import { type PackedGraphs, packGraphs } from './packed-graphs.ts'
import { createRowNumbering } from './row-numbering.ts'

/** Batches of one plan have the same form, so that one compiled program serves them all. */
export interface FoldPlan {
  /** Rounds of colour refinement, 2K for a network of K layers; `null`: every node is a row of its own. */
  readonly rounds: number | null
  /** Stages: those of rounds 0, 1, ..., and the shared one of the last round. From 1 to `rounds` + 1, or + 2 with all nodes in the shared one; without rounds 1. */
  readonly stageCount: number
  /** Rows of the shared stage: every node. Left out: the colours of the last round */
  readonly sharedStage?: 'nodes'
}

/** Every node a row of its own. */
export const unfolded: FoldPlan = { rounds: null, stageCount: 1 }

/** A row is worth several entries of the sums: it goes through six matrix products in a layer, an entry through two sums. */
export const costOfRow = 8

/** A stage that costs this share of the shared one is not worth having beside it. */
const nearlyShared = 0.8
/** Folding is worth its time if it leaves at most this share of the cost, on average over a network's steps. */
const worthwhile = 0.9
/** Graphs that are computed with but once are folded all the way where at most this share of the cost is left in the end, */
const worthAllRounds = 0.7
/** else only as far as a round leaves at most this share. */
const worthOneRound = 0.5
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
  const packed = packGraphs(sample)
  const costs = refineColours(sample, packed, rounds).map((colouring) => costOf(colouring, packed))
  const costOfAll = costOfRow * (packed.firstEdge.length - 1) + packed.source.length
  const costOfSteps = costs.slice(1).reduce((sum, cost) => sum + cost, 0)
  if (costOfSteps > worthwhile * rounds * costOfAll) return unfolded
  const last = costs.at(-1) ?? 0
  if (use === 'once' && last > worthAllRounds * costOfAll) {
    const stageCount = costs.findIndex((cost) => cost > worthOneRound * costOfAll) + 1
    return stageCount === 1 ? unfolded : { rounds: stageCount - 2, stageCount, sharedStage: 'nodes' }
  }
  const shared = costs.findIndex((cost) => cost >= nearlyShared * last)
  return { rounds, stageCount: shared + 1 }
}

/** Of the rows that a batch of these graphs has, one for each colour, and of one node's edges for each. */
function costOf({ low, high, representative }: Colouring, { firstEdge }: PackedGraphs): number {
  const numbering = createRowNumbering(low.length)
  let cost = 0
  representative.forEach((v, row) => {
    const seen = numbering.count()
    if (numbering.numberOf(low[row] ?? 0, high[row] ?? 0) === seen)
      cost += costOfRow + (firstEdge[v + 1] ?? 0) - (firstEdge[v] ?? 0)
  })
  return cost
}
