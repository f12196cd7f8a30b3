/**
 * The fingerprint as it is stored on a graph node: `[shared:]<context>:<members>:<graph>`. It tells by itself where the masks
 * are, whether the graph was scored in a context, and whether it had the same members: by the first 12 hexadecimal digits of
 * their hashes.
 */
import { createHash } from 'node:crypto'
import { masksOnMemberships } from '../config/graph-nodes.ts'
import type { Config } from '../config/schema.ts'
import { fingerprintsOf } from '../graph/fingerprint.ts'
import type { SubgraphTable } from '../graph/rows.ts'
import type { TrainedModel } from '../model/model.ts'
import { projectionContext, scoringContext } from './scoring-context.ts'

export interface StoredFingerprints {
  of(table: SubgraphTable): string
  /** Whether a graph was scored in this context, with its masks where they are now. */
  isOfContext(stored: string): boolean
  /** Whether two fingerprints are of graphs with the same members. */
  hasSameMembers(stored: string, other: string): boolean
  /** Whether the masks are where they are not written any more. */
  isStray(stored: string): boolean
}

/** Begins the fingerprint of a graph whose masks are on memberships. */
const sharedPrefix = 'shared:'
const shortDigits = 12

/** @param model `null` where there is none yet, and no fingerprint that could be the same */
export function fingerprintsWith(model: TrainedModel | null, { projection, writing }: Config): StoredFingerprints {
  const context = model === null ? '' : scoringContext(model, writing) + projectionContext(projection)
  return storedFingerprints(context, masksOnMemberships(projection))
}

/** @param context whatever else decides the scores */
export function storedFingerprints(context: string, onMemberships: boolean): StoredFingerprints {
  const hash = createHash('sha256').update(context).digest('hex').slice(0, shortDigits)
  const prefix = `${onMemberships ? sharedPrefix : ''}${hash}:`
  return {
    of: (table) => {
      const { members, graph } = fingerprintsOf(table, context)
      return `${prefix}${members.slice(0, shortDigits)}:${graph}`
    },
    hasSameMembers: (stored, other) => membersIn(stored) === membersIn(other),
    isOfContext: (stored) => stored.startsWith(prefix),
    isStray: (stored) => stored.startsWith(sharedPrefix) !== onMemberships,
  }
}

function membersIn(fingerprint: string): string | undefined {
  return fingerprint.split(':').at(-2)
}
