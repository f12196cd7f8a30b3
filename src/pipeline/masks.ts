/** `smg masks`: one graph's members with their masks, as stored in the database. */
import {
  graphNodesOf,
  makesGraphNodes,
  makesMemberships,
  masksOnMemberships,
  oneGraphInWords,
} from '../config/graph-nodes.ts'
import type { Config, Projection } from '../config/schema.ts'
import { RefusedError, SmgError, SourceDataError } from '../errors.ts'
import { type Key, keyText, type PropertyValue } from '../graph/subgraph.ts'
import type { Database } from '../neo4j/database.ts'
import {
  type GraphMasksRow,
  graphMasks,
  lockedGraphMasks,
  lockedMadeGraphMasks,
  madeGraphMasks,
} from '../neo4j/masks-catalogue.ts'
import { projectionReader } from '../neo4j/reader-of-projection.ts'
import { toJsonValue } from '../neo4j/values.ts'
import { writtenProperties } from '../write-back/properties.ts'

export interface MemberMasks {
  readonly key: PropertyValue
  /** Mask of layers 1 to K. */
  readonly masks: readonly number[]
  readonly labels: readonly string[]
  /** The member's own properties. */
  readonly properties: Readonly<Record<string, unknown>>
}

export interface GraphMasks {
  readonly key: string
  /** Name of the class, or the number of a regression. */
  readonly prediction: string | number
  /** `null` for a regression. */
  readonly probability: number | null
  /** In the model's order of classes; `null` for a regression. */
  readonly probabilities: readonly number[] | null
  /** "name:version" */
  readonly model: string
  readonly runId: string | null
  /** ISO 8601 */
  readonly scoredAt: string | null
  readonly target: unknown
  /** By descending mask of the last layer. */
  readonly members: readonly MemberMasks[]
}

/** What is read of a graph, and its key as stored. */
export interface StoredGraphMasks {
  readonly key: Key
  readonly masks: GraphMasks
}

/**
 * A sync that is writing the graph is waited for. Who may not write cannot ask for that, and may see a part of what is
 * being written.
 *
 * @throws SourceDataError where there is no such graph; SmgError where it has not been scored
 */
export async function readMasks(database: Database, config: Config, key: string): Promise<GraphMasks> {
  return (await readStoredMasks(database, config, key)).masks
}

/** As {@link readMasks}. */
export async function readStoredMasks(database: Database, config: Config, key: string): Promise<StoredGraphMasks> {
  const { projection } = config
  const [row] = await graphWithMembers(database, projection, key, { locked: true }).catch((thrown: unknown) => {
    if (!(thrown instanceof RefusedError)) throw thrown
    return graphWithMembers(database, projection, key, { locked: false })
  })
  if (row === undefined) throw await unknownGraph(database, projection, key)
  const storedKey = row.graph[graphNodesOf(projection).graphKey]
  const ofGraph = typeof storedKey === 'bigint' ? storedKey : key
  const masks = masksOf(row, config, key)
  if (!makesGraphNodes(projection)) return { key: ofGraph, masks }
  return { key: ofGraph, masks: { ...masks, target: toJsonValue(await targetOf(database, config, ofGraph)) } }
}

/** Graph nodes of ours have no target: members have it, or a row of the user's query. */
async function targetOf(database: Database, { projection, targetProperty, writing }: Config, key: Key) {
  const { fingerprint, scoredAt } = writtenProperties(writing.prefix)
  const names = { targetProperty, fingerprintProperty: fingerprint, scoredAtProperty: scoredAt }
  const [head] = await projectionReader(database, projection).headsFrom(key, 1, names)
  return head?.key === key ? head.target : null
}

function masksOf({ graph, members }: GraphMasksRow, config: Config, key: string): GraphMasks {
  const written = writtenProperties(config.writing.prefix)
  const prediction = graph[written.prediction]
  if (typeof prediction !== 'string' && typeof prediction !== 'number') throw notScored(key)
  const { [written.probability]: probability, [written.probabilities]: probabilities } = graph
  const text = (value: unknown) => (value === undefined ? null : String(value))
  const last = (member: MemberMasks) => member.masks.at(-1) ?? 0
  return {
    key,
    prediction,
    probability: typeof probability === 'number' ? probability : null,
    probabilities: Array.isArray(probabilities) ? probabilities.map(Number) : null,
    model: String(graph[written.model]),
    runId: text(graph[written.runId]),
    scoredAt: text(graph[written.scoredAt]),
    target: toJsonValue(graph[config.targetProperty]),
    members: members
      .map((member) => memberMasks(member, config))
      .sort((a, b) => last(b) - last(a) || (shownKey(a.key) < shownKey(b.key) ? -1 : 1)),
  }
}

function memberMasks(
  [key, properties, ofMembership, labels]: GraphMasksRow['members'][number],
  { projection, writing }: Config,
): MemberMasks {
  const written = writtenProperties(writing.prefix)
  const ownPrefix = new RegExp(`^${written.anyPattern}$`)
  const scored = masksOnMemberships(projection) ? ofMembership : properties
  const masks: number[] = []
  for (let layer = 1; ; layer++) {
    const mask = scored[written.maskLayer(layer)]
    if (typeof mask !== 'number') break
    masks.push(mask)
  }
  const own = Object.entries(properties).filter(([name]) => !ownPrefix.test(name) && name !== projection.nodeKey)
  return {
    key,
    masks,
    labels,
    properties: Object.fromEntries(own.map(([name, value]) => [name, toJsonValue(value)])),
  }
}

async function graphWithMembers(
  database: Database,
  projection: Projection,
  key: string,
  { locked }: { readonly locked: boolean },
): Promise<GraphMasksRow[]> {
  const { nodeKey } = projection
  const names = { ...graphNodesOf(projection), nodeKey }
  if (makesMemberships(projection))
    return database.run(locked ? lockedMadeGraphMasks : madeGraphMasks, names, { projection: projection.name, key })
  const { membershipType, nodeLabels } = projection
  return database.run(locked ? lockedGraphMasks : graphMasks, { ...names, membershipType, nodeLabels }, { key })
}

/** Graph nodes of ours are made when they are scored. */
async function unknownGraph(database: Database, projection: Projection, key: string): Promise<SmgError> {
  if (makesGraphNodes(projection)) {
    const keys = [key, ...(/^-?\d{1,18}$/.test(key) ? [BigInt(key)] : [])]
    const existing = await projectionReader(database, projection).existingKeys(keys)
    if (existing.length > 0) return notScored(key)
  }
  return new SourceDataError(`Cannot show masks: expected ${oneGraphInWords(projection)} '${key}', found none`)
}

function notScored(key: string): SmgError {
  return new SmgError(`Cannot show the masks of graph ${key}: it has not been scored; run 'smg sync' first`)
}

/** A member's key as text, whatever its type. */
export function shownKey(key: PropertyValue): string {
  return typeof key === 'bigint' || typeof key === 'string' ? keyText(key) : JSON.stringify(key)
}
