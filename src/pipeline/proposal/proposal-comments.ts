/** What is said beside the settings of a proposal. */
import type { ConfigComments } from '../../config/config-text.ts'
import type { Proposal } from './proposal.ts'
import type { TargetCandidate } from './target-choice.ts'

const shownAtMost = 5

export function commentsFor(
  proposal: Proposal,
  { database, unusable }: { readonly database: string; readonly unusable: readonly string[] },
): ConfigComments {
  const { settings, graphCount, meanMembers, sampledGraphs, sampledMembers, target, leftOut, suggestions } = proposal
  const { graphKey, nodeKey } = proposal.keysByConstraint
  const unsure = (isSure: boolean) =>
    isSure ? [] : [`No constraint keeps it unique; it is so in the ${sampledGraphs} sampled graphs.`]
  return {
    header: [
      `Proposed by smg init for the database '${database}': ${graphCount} graphs of about ${Math.round(meanMembers)} members;`,
      `chosen from ${sampledGraphs} sampled graphs with ${sampledMembers} members. All keys: docs/configuration.md of the package.`,
      ...(unusable.length === 0 ? [] : [`Names that no statement can hold were left out: ${unusable.join(', ')}`]),
    ],
    notes: {
      'projection.graphLabel': alternatives(proposal),
      'projection.graphKey': unsure(graphKey),
      'projection.nodeKey': unsure(nodeKey),
      ...(settings.projection['sharedMembers'] === true && {
        'projection.sharedMembers': ['Some of the sampled members are in several graphs.'],
      }),
      featureProperties: leftOut.map((line) => `left out: ${line}`),
      targetProperty: [describeTarget(target), ...otherTargets(proposal)],
    },
    suggestions,
  }
}

function alternatives({ alternatives: all }: Proposal): string[] {
  return all
    .slice(0, shownAtMost)
    .map(
      ({ graphLabel, graphCount, nodeLabels, membershipType, targetProperty }) =>
        `other candidate: ${graphLabel}, ${graphCount} graphs of ${nodeLabels.join(' and ')} by ${membershipType}, target ${targetProperty} (smg init --graph-label)`,
    )
}

function otherTargets({ otherTargets: all }: Proposal): string[] {
  return all.slice(0, shownAtMost).map((target) => `other candidate: ${target.property}, ${describeTarget(target)}`)
}

function describeTarget({ task, classes, count, total }: TargetCandidate): string {
  const of = `${count} of ${total} sampled graphs`
  if (task === 'regression') return `numbers at ${of}`
  return `classes at ${of}: ${[...classes].map(([value, size]) => `${String(value)} (${size})`).join(', ')}`
}
