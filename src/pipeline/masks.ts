/** `smg masks`: one graph's members with their masks, as stored in the database. */
import type { Config } from '../config/schema.ts'
import { SmgError, SourceDataError } from '../errors.ts'
import { keyText, type PropertyValue } from '../graph/subgraph.ts'
import { graphMasks } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { toJsonValue } from '../neo4j/values.ts'
import { writtenProperties } from '../write-back/properties.ts'

export interface MemberMasks {
  readonly key: PropertyValue
  /** Mask of layers 1 to K. */
  readonly masks: readonly number[]
  /** The member's own properties. */
  readonly properties: Readonly<Record<string, unknown>>
}

export interface GraphMasks {
  readonly key: string
  /** Name of the class, or the number of a regression. */
  readonly prediction: string | number
  /** `null` for a regression. */
  readonly probability: number | null
  /** "name:version" */
  readonly model: string
  readonly target: unknown
  /** By descending mask of the last layer. */
  readonly members: readonly MemberMasks[]
}

/**
 * @throws SourceDataError where there is no such graph; SmgError where it has not been scored
 */
export async function readMasks(database: Database, config: Config, key: string): Promise<GraphMasks> {
  const { graphLabel, graphKey, membershipType, nodeLabels, nodeKey, sharedMembers } = config.projection
  const written = writtenProperties(config.writing.prefix)
  const names = { graphLabel, graphKey, membershipType, nodeLabels, nodeKey }
  const [row] = await database.run(graphMasks, names, { key })
  if (row === undefined)
    throw new SourceDataError(`Cannot show masks: expected a (:${graphLabel}) with ${graphKey} '${key}', found none`)
  const { [written.prediction]: prediction, [written.probability]: probability, [written.model]: model } = row.graph
  if (typeof prediction !== 'string' && typeof prediction !== 'number')
    throw new SmgError(`Cannot show the masks of graph ${key}: it has not been scored; run 'smg sync' first`)
  const ownPrefix = new RegExp(`^${written.anyPattern}$`)
  const members = row.members.map(([memberKey, properties, ofMembership]): MemberMasks => {
    const scored = sharedMembers ? ofMembership : properties
    const masks: number[] = []
    for (let layer = 1; ; layer++) {
      const mask = scored[written.maskLayer(layer)]
      if (typeof mask !== 'number') break
      masks.push(mask)
    }
    const own = Object.entries(properties).filter(([name]) => !ownPrefix.test(name) && name !== nodeKey)
    return {
      key: memberKey,
      masks,
      properties: Object.fromEntries(own.map(([name, value]) => [name, toJsonValue(value)])),
    }
  })
  const last = (member: MemberMasks) => member.masks.at(-1) ?? 0
  return {
    key,
    prediction,
    probability: typeof probability === 'number' ? probability : null,
    model: String(model),
    target: toJsonValue(row.graph[config.targetProperty]),
    members: members.sort((a, b) => last(b) - last(a) || (shownKey(a.key) < shownKey(b.key) ? -1 : 1)),
  }
}

function shownKey(key: PropertyValue): string {
  return typeof key === 'bigint' || typeof key === 'string' ? keyText(key) : JSON.stringify(key)
}
