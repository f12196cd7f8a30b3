/** Graphs as a network computes with them: folded, with the masks that are given for them. */
import { type Batch, makeBatch } from '../graph/batch.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { type FoldedGraphs, foldGraphs } from '../graph/fold.ts'
import { type FoldPlan, planFold, unfolded } from '../graph/fold-plan.ts'
import type { NetworkShape } from './parameters.ts'
import { type GivenMasks, givenMasksOf, preassignedArrays } from './preassigned.ts'
import type { ShardOf } from './program/shard-programs.ts'
import { batchArrays, type NumberArray } from './step.ts'

export interface PreparedGraphs {
  readonly folded: FoldedGraphs
  /** How they are folded; other graphs that are folded alike share their compiled programs. */
  readonly plan: FoldPlan
  /** A batch of the graphs at these indices, and the arrays that it goes into a program as. */
  shard(indices: Int32Array, withMaskRows?: boolean): { batch: Batch; arrays: ShardOf<NumberArray> }
}

export interface PrepareOptions {
  /** Masks to use instead of learned ones, graph by graph; a graph that is not in it leaves all to the network. */
  readonly givenMasks?: ReadonlyMap<EncodedGraph, GivenMasks> | undefined
  /** Default: what suits these graphs */
  readonly plan?: FoldPlan | undefined
  /** Whether they are computed with again and again, or but once. Default: often */
  readonly use?: 'often' | 'once'
}

/** @throws RangeError if graphs differ in their form, or given masks do not fit a graph */
export function prepareGraphs(
  graphs: readonly EncodedGraph[],
  { layers, readout }: Pick<NetworkShape, 'layers' | 'readout'>,
  { givenMasks, plan, use }: PrepareOptions = {},
): PreparedGraphs {
  const given = givenMasks && graphs.map((graph) => givenMasksOf(graph, givenMasks, layers))
  // Nodes of one colour may be given different masks.
  const chosen = given ? unfolded : (plan ?? planFold(graphs, layers, use))
  if (chosen.rounds !== null && chosen.sharedStage !== 'nodes' && chosen.rounds < 2 * layers)
    throw new RangeError(
      `Cannot fold graphs for ${layers} layers: expected ${2 * layers} rounds or more, got ${chosen.rounds}`,
    )
  const folded = foldGraphs(graphs, chosen)
  return {
    folded,
    plan: chosen,
    shard(indices, withMaskRows = false) {
      const batch = makeBatch(folded, indices, { layers, withMaskRows })
      const masks = given && Array.from(indices, (g) => given[g])
      return {
        batch,
        arrays: {
          batch: batchArrays(batch, readout),
          preassigned: masks ? preassignedArrays(masks, batch, layers) : null,
        },
      }
    },
  }
}
