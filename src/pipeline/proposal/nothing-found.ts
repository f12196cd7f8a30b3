/** What is said where no configuration can be proposed. */
import { didYouMean } from '../../config/nearest.ts'
import type { Rejected } from './proposal.ts'
import type { Survey } from './survey.ts'

const shownAtMost = 5

export function unknownGraphLabel(label: string, survey: Survey): string {
  return `Cannot propose a configuration: the database has no nodes with label '${label}'${didYouMean(label, survey.labels.keys())}`
}

/** @param shared properties whose values groups of nodes share, such as (:Person).communityId */
export function noGraphs(
  rejected: readonly Rejected[],
  shared: readonly string[],
  graphLabel: string | undefined,
): string {
  const wanted = graphLabel === undefined ? 'nodes' : `(:${graphLabel}) nodes`
  const reasons = rejected
    .slice(0, shownAtMost)
    .map((each) => `(:${each.graphLabel}) with its neighbours by ${each.membershipType} has ${each.reason}`)
  const more = rejected.length - reasons.length
  const got =
    reasons.length === 0
      ? 'no relationships that could be memberships'
      : reasons.join('; ') + (more > 0 ? `; and ${more} more that do not fit` : '')
  const hint =
    shared.length === 0
      ? ''
      : `. Groups of nodes share the values of ${shared.slice(0, shownAtMost).join(', ')}: such a property can be the groupProperty of a projection with kind: property, which takes each group as a graph`
  return `Cannot propose a configuration: expected ${wanted} with several members each, reached by one relationship type, relationships between those, and a property to learn; got: ${got}${hint}`
}
