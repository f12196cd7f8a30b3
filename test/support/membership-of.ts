import type { Config, MembershipProjection } from '../../src/config/schema.ts'

/** The projection of a configuration that is known to be by membership. */
export function membershipOf({ projection }: Config): MembershipProjection {
  if (projection.kind !== 'membership') throw new TypeError(`expected a membership projection, got ${projection.kind}`)
  return projection
}
