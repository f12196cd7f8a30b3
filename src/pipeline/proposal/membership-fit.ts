/** How well a sample of a membership candidate looks like graphs with members and edges between them. */
import type { SampledGraph, SampledMember } from '../../neo4j/survey-catalogue.ts'
import { keyOf } from './key-choice.ts'
import type { MembershipCandidate } from './membership-candidates.ts'
import { propertySamples } from './sampled-values.ts'
import type { Survey } from './survey.ts'

export interface MembershipFit {
  readonly candidate: MembershipCandidate
  readonly nodeLabels: readonly string[]
  readonly nodeKey: string
  readonly relationshipTypes: readonly string[]
  /** Whether a member of the sample is in several graphs. */
  readonly sharedMembers: boolean
  /** Mean number of neighbours by the membership type. */
  readonly meanMembers: number
  /** The graphs of the sample with those of their members that have one of `nodeLabels`. */
  readonly graphs: readonly SampledGraph[]
  /**
   * In (0, 1]: the share of members with one graph, times the share of relationships that stay in their graph, less where
   * graphs are so small that there is little to see in them.
   */
  readonly score: number
}

/** Members in one graph alone, at least so large a share. */
const leastInOneGraph = 0.9
/** Members in a graph from which on more are no better. */
const largeEnough = 8
const mostLabels = 5
/** Labels that say nothing: others are taken where there is a choice. */
const vague = /^_*(node|graph|entity|resource|thing|object|item|element|vertex)_*$/i

/** Why a sample is no set of graphs, as the rest of a sentence. */
export interface Unfit {
  readonly reason: string
}

export function fitMembership(
  candidate: MembershipCandidate,
  graphs: readonly SampledGraph[],
  survey: Survey,
): MembershipFit | Unfit {
  const { graphLabel, membershipType } = candidate
  const meanMembers = mean(graphs.map(({ memberCount }) => memberCount))
  if (meanMembers < 2) return { reason: `${meanMembers.toFixed(1)} neighbours each` }
  const usable = (labels: readonly string[]) =>
    labels.includes(graphLabel) ? [] : labels.filter((label) => survey.labels.has(label))
  const ends = graphs.flatMap(({ members }) =>
    members.flatMap(({ labels, relationships }) =>
      relationships
        .filter(({ target, type }) => target === 'here' && type !== membershipType)
        .flatMap(({ targetLabels }) => [usable(labels), usable(targetLabels)]),
    ),
  )
  if (ends.every((labels) => labels.length === 0)) return { reason: 'no relationships between its neighbours' }
  const cover = coveringLabels(ends, survey.labels)
  // What has no key in common with the rest is left out.
  for (const nodeLabels of [cover, cover.slice(0, 1)]) {
    const kept = withLabels(graphs, nodeLabels)
    const nodeKey = keyOf(
      propertySamples(kept.flatMap(({ members }) => members)),
      (property) => !survey.isWritten(property) && nodeLabels.every((label) => survey.isUnique(label, property)),
      kept.map(({ members }) => members.length),
    )
    if (nodeKey !== null) return fitWith({ candidate, nodeLabels, nodeKey, meanMembers, graphs: kept })
  }
  return { reason: `no STRING or INTEGER property that tells its (:${cover.join('|')}) neighbours apart` }
}

function fitWith(found: Omit<MembershipFit, 'relationshipTypes' | 'sharedMembers' | 'score'>): MembershipFit | Unfit {
  const { graphs, nodeLabels, candidate, meanMembers } = found
  const members = graphs.flatMap((graph) => graph.members)
  const inOne = members.filter((member) => member.graphs === 1).length / members.length
  if (inOne < leastInOneGraph)
    return { reason: `${Math.round(100 * (1 - inOne))} % of its neighbours belong to several of them` }
  const edges = members
    .flatMap(({ relationships }) => relationships)
    .filter(({ targetLabels, type }) => type !== candidate.membershipType && hasOneOf(targetLabels, nodeLabels))
  const here = edges.filter(({ target }) => target === 'here')
  if (here.length === 0) return { reason: 'no relationships between its neighbours' }
  const elsewhere = edges.filter(({ target }) => target === 'elsewhere').length
  return {
    ...found,
    relationshipTypes: [...new Set(here.map(({ type }) => type))].sort(),
    sharedMembers: inOne < 1,
    score:
      ((inOne * here.length) / (here.length + elsewhere)) *
      Math.min(1, Math.log2(meanMembers) / Math.log2(largeEnough)),
  }
}

function withLabels(graphs: readonly SampledGraph[], nodeLabels: readonly string[]): SampledGraph[] {
  return graphs.map((graph) => ({
    ...graph,
    members: graph.members.filter(({ labels }: SampledMember) => hasOneOf(labels, nodeLabels)),
  }))
}

function hasOneOf(labels: readonly string[], wanted: readonly string[]): boolean {
  return wanted.some((label) => labels.includes(label))
}

/** As few labels as cover all sets; of labels that cover equally many, the one that fewer nodes have. */
function coveringLabels(sets: readonly (readonly string[])[], nodesOf: ReadonlyMap<string, number>): string[] {
  const chosen: string[] = []
  let open = sets.filter((labels) => labels.length > 0)
  while (open.length > 0 && chosen.length < mostLabels) {
    const covered = new Map<string, number>()
    for (const labels of open) for (const label of labels) covered.set(label, (covered.get(label) ?? 0) + 1)
    const [best] = [...covered].sort(
      ([a, ofA], [b, ofB]) =>
        ofB - ofA || (nodesOf.get(a) ?? 0) - (nodesOf.get(b) ?? 0) || vagueness(a) - vagueness(b) || (a < b ? -1 : 1),
    )
    if (best === undefined) break
    chosen.push(best[0])
    open = open.filter((labels) => !labels.includes(best[0]))
  }
  return chosen
}

/** 1 for a label that says nothing, else 0. */
export function vagueness(label: string): number {
  return vague.test(label) ? 1 : 0
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
