/** Which graphs of a page have to be scored: those whose fingerprint is not the one that the last scoring left. */
import { encodeGraph } from '../graph/encode.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { GraphProblem } from '../graph/graph-problem.ts'
import { graphOfTable, type SubgraphTable } from '../graph/rows.ts'
import type { Key } from '../graph/subgraph.ts'
import type { TrainedModel } from '../model/model.ts'
import { collectProblem, type SourcePage } from './source.ts'
import type { StoredFingerprints } from './stored-fingerprints.ts'
import { addUnseen, nothingUnseen, type Unseen } from './unseen.ts'

/** `encoded` is `null` where there is no model to encode it for. */
export interface ChangedGraph<Encoded = EncodedGraph> {
  readonly key: Key
  readonly encoded: Encoded
  readonly memberCount: number
  readonly fingerprint: string
  /** Whether it had no score before. */
  readonly isNew: boolean
  readonly hasStrayMasks: boolean
  /** Element ids of the members, where we make the memberships. */
  readonly memberIds: readonly string[] | undefined
}

/** Running counts over the pages. */
export interface ChangeCounts {
  nodeCount: number
  scored: number
  added: number
  changed: number
  unchanged: number
  /** Of the changed graphs: those that have other members than when they were scored. */
  withOtherMembers: number
  /** Graphs of which only the nearest members were read. */
  cutGraphs: number
  problems: GraphProblem[]
  readonly unseen: Unseen
}

export function noChanges(): ChangeCounts {
  return {
    nodeCount: 0,
    scored: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    withOtherMembers: 0,
    cutGraphs: 0,
    problems: [],
    unseen: nothingUnseen(),
  }
}

/** The graphs of a page to score anew; counts the others, and moves those that cannot be encoded to the problems. */
export function changedGraphs(
  page: SourcePage,
  model: TrainedModel,
  fingerprints: StoredFingerprints,
  counts: ChangeCounts,
): ChangedGraph[] {
  return changedAs(page, fingerprints, counts, (table) => {
    const result = encodeGraph(graphOfTable(table), model.featureSchema, model)
    addUnseen(counts.unseen, result)
    return result.encoded
  })
}

/** For a dry run without a model: every graph counts as not scored yet. */
export function unencodedGraphs(
  page: SourcePage,
  fingerprints: StoredFingerprints,
  counts: ChangeCounts,
): ChangedGraph<null>[] {
  return changedAs(page, fingerprints, counts, () => null)
}

function changedAs<Encoded>(
  page: SourcePage,
  fingerprints: StoredFingerprints,
  counts: ChangeCounts,
  encode: (table: SubgraphTable) => Encoded,
): ChangedGraph<Encoded>[] {
  const changed: ChangedGraph<Encoded>[] = []
  for (const { head, table, memberIds, isCut } of page.graphs) {
    counts.nodeCount += table.members.length
    if (isCut) counts.cutGraphs++
    const fingerprint = fingerprints.of(table)
    if (head.fingerprint === fingerprint) {
      counts.unchanged++
      continue
    }
    collectProblem(counts.problems, head.key, () => {
      changed.push({
        key: head.key,
        encoded: encode(table),
        memberCount: table.members.length,
        fingerprint,
        isNew: head.fingerprint === null,
        hasStrayMasks: head.fingerprint !== null && fingerprints.isStray(head.fingerprint),
        memberIds,
      })
      counts.scored++
      if (head.fingerprint === null) counts.added++
      else counts.changed++
      if (head.fingerprint !== null && !fingerprints.hasSameMembers(head.fingerprint, fingerprint))
        counts.withOtherMembers++
    })
  }
  return changed
}
