/** Which labels and relationship types could be graph nodes and memberships, by counts alone. */
import type { Survey } from './survey.ts'

export interface MembershipCandidate {
  readonly graphLabel: string
  readonly membershipType: string
  readonly graphCount: number
}

/** Relationships of the type per graph node below which nearly no graph could have two members. */
const fewestPerGraph = 1.5

/**
 * Every label at either end of a type, if the other end is without it and each could have several members; most graphs
 * first.
 */
export function membershipCandidates({ labels, relationshipTypes, ends }: Survey): readonly MembershipCandidate[] {
  const found = new Map<string, MembershipCandidate>()
  for (const { type, source, target } of ends)
    for (const [near, far] of [
      [source, target],
      [target, source],
    ] as const)
      for (const graphLabel of near) {
        const graphCount = labels.get(graphLabel)
        const relationships = relationshipTypes.get(type) ?? 0
        if (graphCount === undefined || relationships < fewestPerGraph * graphCount) continue
        if (far.includes(graphLabel) || !far.some((label) => labels.has(label))) continue
        found.set(JSON.stringify([graphLabel, type]), { graphLabel, membershipType: type, graphCount })
      }
  return [...found.values()].sort((a, b) => b.graphCount - a.graphCount)
}
