/** Cypher that people read and run themselves, with the names of a projection in it. */
import { madeMembershipType, makesMemberships, masksOnMemberships, memberLabelsOf } from '../config/graph-nodes.ts'
import type { Projection } from '../config/schema.ts'
import { plainOrQuoted } from '../neo4j/identifiers.ts'

/** (n:Member)-[membership]-, up to the graph node; the membership is m where the masks are on it. */
export function memberPattern(projection: Projection): string {
  const labels = memberLabelsOf(projection).map(plainOrQuoted).join('|')
  const member = labels === '' ? '(n)' : `(n:${labels})`
  const variable = masksOnMemberships(projection) ? 'm' : ''
  if (makesMemberships(projection))
    return `${member}-[${variable}:${madeMembershipType} {projection: ${textLiteral(projection.name)}}]->`
  return `${member}-[${variable}:${plainOrQuoted(projection.membershipType)}]-`
}

/** Where in {@link memberPattern} the masks are. */
export function maskHolder(projection: Projection): 'm' | 'n' {
  return masksOnMemberships(projection) ? 'm' : 'n'
}

export function textLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
