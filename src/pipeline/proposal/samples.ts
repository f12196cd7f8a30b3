/** Bounded samples of graph nodes, and of graphs with their members. */
import { throwIfInterrupted } from '../../errors.ts'
import type { Database } from '../../neo4j/database.ts'
import { type SampledGraph, type SampledNode, sampleGraphs, sampleNodes } from '../../neo4j/survey-catalogue.ts'
import type { MembershipCandidate } from './membership-candidates.ts'
import { sampleWindows } from './sample-windows.ts'
import { listLimit, textLimit } from './sampled-values.ts'

const cuts = { textLimit: BigInt(textLimit), listLimit: BigInt(listLimit) }
const nodeWindows = { count: 10, size: 100 }

export interface GraphSampleSize {
  readonly windows: { readonly count: number; readonly size: number }
  /** Per graph. */
  readonly members: number
  /** Per member. */
  readonly relationships: number
}
/** Enough to tell graphs from other neighbourhoods. */
export const quickSample: GraphSampleSize = { windows: { count: 5, size: 4 }, members: 20, relationships: 20 }
/** Enough to choose features by. */
export const fullSample: GraphSampleSize = { windows: { count: 10, size: 12 }, members: 100, relationships: 8 }

/** Up to 1,000 nodes with a label. */
export async function nodesSample(
  database: Database,
  { label, count }: { readonly label: string; readonly count: number },
  signal?: AbortSignal,
): Promise<SampledNode[]> {
  const nodes: SampledNode[] = []
  for (const window of sampleWindows(count, nodeWindows)) {
    throwIfInterrupted(signal, 'sampling nodes')
    nodes.push(...(await database.run(sampleNodes, { label }, { ...window, ...cuts })))
  }
  return nodes
}

export async function graphsSample(
  database: Database,
  { graphLabel, membershipType, graphCount }: MembershipCandidate,
  { windows, members, relationships }: GraphSampleSize,
  signal?: AbortSignal,
): Promise<SampledGraph[]> {
  const graphs: SampledGraph[] = []
  const sizes = { members: BigInt(members), relationships: BigInt(relationships) }
  for (const window of sampleWindows(graphCount, windows)) {
    throwIfInterrupted(signal, 'sampling graphs')
    graphs.push(...(await database.run(sampleGraphs, { graphLabel, membershipType }, { ...window, ...cuts, ...sizes })))
  }
  return graphs
}
