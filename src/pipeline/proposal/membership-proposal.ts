/** The membership projections that a database could have, and a configuration for the best of them. */
import { throwIfInterrupted } from '../../errors.ts'
import type { Database } from '../../neo4j/database.ts'
import { chooseFeatures } from './feature-choice.ts'
import { keyOf } from './key-choice.ts'
import { type MembershipCandidate, membershipCandidates } from './membership-candidates.ts'
import { fitMembership, type MembershipFit, vagueness } from './membership-fit.ts'
import { projectionName } from './projection-name.ts'
import type { Alternative, Proposal, Rejected } from './proposal.ts'
import { edgeSuggestions } from './relationship-suggestions.ts'
import { propertySamples } from './sampled-values.ts'
import { fullSample, graphsSample, nodesSample, quickSample } from './samples.ts'
import type { Survey } from './survey.ts'
import { type TargetCandidate, targetCandidates } from './target-choice.ts'

export interface MembershipProposals {
  readonly proposal: Proposal | null
  readonly rejected: readonly Rejected[]
}

/** A candidate that fits, with what there is to learn. */
interface Learnable {
  readonly fit: MembershipFit
  readonly graphKey: string
  readonly targets: readonly [TargetCandidate, ...TargetCandidate[]]
  readonly score: number
}

const mostCandidates = 60

export async function proposeMembership(
  database: Database,
  survey: Survey,
  { graphLabel, signal }: { readonly graphLabel?: string | undefined; readonly signal?: AbortSignal | undefined },
): Promise<MembershipProposals> {
  const all = membershipCandidates(survey).filter(
    (candidate) => graphLabel === undefined || candidate.graphLabel === graphLabel,
  )
  const rejected: Rejected[] = all
    .slice(mostCandidates)
    .map(({ graphLabel: label, membershipType }) => ({ graphLabel: label, membershipType, reason: 'not looked at' }))
  const found: Learnable[] = []
  for (const candidate of all.slice(0, mostCandidates)) {
    throwIfInterrupted(signal, 'looking for graphs')
    const outcome = await learnable(database, candidate, survey, signal)
    if ('reason' in outcome) rejected.push({ ...candidate, reason: outcome.reason })
    else found.push(outcome)
  }
  found.sort(byScore)
  for (const [i, best] of found.entries()) {
    const graphs = await graphsSample(database, best.fit.candidate, fullSample, signal)
    const fit = fitMembership(best.fit.candidate, graphs, survey)
    // A larger sample may show what a quick one did not.
    if ('reason' in fit) rejected.push({ ...best.fit.candidate, reason: fit.reason })
    else return { proposal: proposalOf({ ...best, fit }, found.slice(i + 1).map(alternative), survey), rejected }
  }
  return { proposal: null, rejected }
}

async function learnable(
  database: Database,
  candidate: MembershipCandidate,
  survey: Survey,
  signal: AbortSignal | undefined,
): Promise<Learnable | { readonly reason: string }> {
  const { graphLabel, graphCount } = candidate
  const fit = fitMembership(candidate, await graphsSample(database, candidate, quickSample, signal), survey)
  if ('reason' in fit) return fit
  const nodes = propertySamples(await nodesSample(database, { label: graphLabel, count: graphCount }, signal))
  const graphKey = keyOf(
    nodes.filter(({ name }) => !survey.isWritten(name)),
    (property) => survey.isUnique(graphLabel, property),
    [nodes[0]?.values.length ?? 0],
  )
  if (graphKey === null) return { reason: 'no STRING or INTEGER property that tells them apart' }
  const [best, ...others] = targetCandidates(nodes, (name) => name === graphKey || survey.isWritten(name))
  if (best === undefined) return { reason: 'no property to learn: neither a few classes nor numbers' }
  return { fit, graphKey, targets: [best, ...others], score: fit.score * (1 + best.score) }
}

/** Scores that hardly differ say nothing. */
function byScore(a: Learnable, b: Learnable): number {
  const rank = ({ score }: Learnable) => Math.round(score * 5)
  const [of, other] = [a.fit.candidate, b.fit.candidate]
  return (
    rank(b) - rank(a) ||
    other.graphCount - of.graphCount ||
    vagueness(of.graphLabel) - vagueness(other.graphLabel) ||
    (of.graphLabel < other.graphLabel ? -1 : 1)
  )
}

function alternative({ fit: { candidate, nodeLabels }, targets: [target] }: Learnable): Alternative {
  return { ...candidate, nodeLabels, targetProperty: target.property }
}

function proposalOf(
  { fit, graphKey, targets: [target, ...otherTargets] }: Learnable,
  alternatives: readonly Alternative[],
  survey: Survey,
): Proposal {
  const { candidate, nodeLabels, nodeKey, graphs, relationshipTypes, sharedMembers, meanMembers } = fit
  const samples = propertySamples(graphs.flatMap(({ members }) => members))
  const { features, leftOut } = chooseFeatures(samples, (name) => name === nodeKey || survey.isWritten(name), {
    task: target.task,
    targetProperty: target.property,
    graphs: graphs.map(({ properties, members }) => ({
      target: properties.find(({ name }) => name === target.property)?.value ?? null,
      memberCount: members.length,
    })),
  })
  return {
    settings: {
      projection: {
        name: projectionName(candidate.graphLabel),
        graphLabel: candidate.graphLabel,
        graphKey,
        nodeLabels,
        nodeKey,
        membershipType: candidate.membershipType,
        ...(sharedMembers && { sharedMembers }),
        relationshipTypes,
        orientation: 'UNDIRECTED',
      },
      featureProperties: features,
      targetProperty: target.property,
      model: { task: target.task },
    },
    graphCount: candidate.graphCount,
    meanMembers,
    sampledGraphs: graphs.length,
    sampledMembers: samples[0]?.values.length ?? 0,
    target,
    otherTargets,
    leftOut,
    keysByConstraint: {
      graphKey: survey.isUnique(candidate.graphLabel, graphKey),
      nodeKey: nodeLabels.every((label) => survey.isUnique(label, nodeKey)),
    },
    alternatives,
    suggestions: edgeSuggestions(fit, survey.isWritten),
  }
}
