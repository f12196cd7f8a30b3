/** Which graphs of a page have to be scored: those whose fingerprint is not the one that the last scoring left. */
import { encodeGraph } from '../graph/encode.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { fingerprintOf } from '../graph/fingerprint.ts'
import type { GraphProblem } from '../graph/graph-problem.ts'
import { subgraphFromTable } from '../graph/rows.ts'
import type { TrainedModel } from '../model/model.ts'
import { collectProblem, type SourcePage } from './source.ts'
import { addUnseen, type Unseen } from './unseen.ts'

export interface ChangedGraph {
  readonly encoded: EncodedGraph
  readonly fingerprint: string
  /** Whether it had no score before. */
  readonly isNew: boolean
  readonly hasStrayMasks: boolean
  /** Element ids of the members, where we make the memberships. */
  readonly memberIds: readonly string[] | undefined
}

export interface FingerprintOptions {
  /** Whatever else decides the scores. */
  readonly context: string
  /** Whether the masks are on memberships. */
  readonly onMemberships: boolean
}

/** Begins the fingerprint of a graph whose masks are on memberships: it tells where an earlier configuration put them. */
const sharedPrefix = 'shared:'

/** Running counts over the pages. */
export interface ChangeCounts {
  nodeCount: number
  scored: number
  added: number
  changed: number
  unchanged: number
  /** Graphs of which only the nearest members were read. */
  cutGraphs: number
  problems: GraphProblem[]
  readonly unseen: Unseen
}

/**
 * The graphs of a page to score anew; counts the others, and moves those that cannot be encoded to the problems.
 *
 * @param model `null` for a dry run without a model: every graph counts as not scored yet
 */
export function changedGraphs(
  page: SourcePage,
  model: TrainedModel | null,
  { context, onMemberships }: FingerprintOptions,
  counts: ChangeCounts,
): ChangedGraph[] {
  const changed: ChangedGraph[] = []
  for (const { head, table, memberIds, isCut } of page.graphs) {
    counts.nodeCount += table.members.length
    if (isCut) counts.cutGraphs++
    const fingerprint = (onMemberships ? sharedPrefix : '') + fingerprintOf(table, context)
    if (head.fingerprint === fingerprint) {
      counts.unchanged++
      continue
    }
    collectProblem(counts.problems, head.key, () => {
      if (model !== null) {
        const result = encodeGraph(subgraphFromTable(table), model.featureSchema, model)
        addUnseen(counts.unseen, result)
        changed.push({
          encoded: result.encoded,
          fingerprint,
          isNew: head.fingerprint === null,
          hasStrayMasks: head.fingerprint !== null && head.fingerprint.startsWith(sharedPrefix) !== onMemberships,
          memberIds,
        })
      }
      counts.scored++
      if (head.fingerprint === null) counts.added++
      else counts.changed++
    })
  }
  return changed
}
