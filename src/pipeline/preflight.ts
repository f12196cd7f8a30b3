/** What must hold before any graph is read: the configured names exist and the graph keys can be paged by. */

import {
  changedSincePropertyOf,
  graphNodesOf,
  graphsInWords,
  keyInWords,
  memberLabelsOf,
} from '../config/graph-nodes.ts'
import { didYouMean } from '../config/nearest.ts'
import type { Key, PropertyValue } from '../config/property-value.ts'
import type { Config, Projection } from '../config/schema.ts'
import { ConfigError, SourceDataError } from '../errors.ts'
import { type GraphKeysSummary, schemaNames } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { requireQuotable } from '../neo4j/identifiers.ts'
import { projectionReader } from '../neo4j/reader-of-projection.ts'
import { embeddingIndexName, groupIndexName } from '../write-back/properties.ts'
import { wantedProperties } from './relationship-options.ts'

export interface ProjectionSummary {
  readonly graphCount: number
  /** Smallest graph key. */
  readonly firstKey: Key
  /** Names of all properties the database has in use. */
  readonly propertyKeys: readonly string[]
}

/**
 * Checks the names and graph keys of a projection.
 *
 * @throws ConfigError for a name that cannot stand in a statement, and naming every label, relationship type and property the database does not have, with the nearest one
 * it has; SourceDataError for no graphs and for keys that are missing, repeated, or of another type than STRING or INTEGER.
 */
export async function preflight(database: Database, config: Config): Promise<ProjectionSummary> {
  const { projection } = config
  requireQuotable(namesInStatements(config))
  const [known] = await database.run(schemaNames, {}, {})
  if (known === undefined || known.labels.length === 0)
    throw new SourceDataError(
      `Cannot find graphs: expected ${graphsInWords(projection)}, got an empty database '${database.name}'; import some first`,
    )
  const unknown = unknownNames(config, known)
  if (unknown.length > 0)
    throw new ConfigError(`Cannot read the projection '${projection.name}': ${unknown.join('; ')}`)
  const summary = await projectionReader(database, projection).keysSummary(wantedProperties(config))
  if (summary === undefined || summary.graphCount === 0)
    throw new SourceDataError(`Cannot find graphs: expected ${graphsInWords(projection)}, got none; import some first`)
  return {
    graphCount: summary.graphCount,
    firstKey: usableFirstKey(summary, config),
    propertyKeys: known.propertyKeys,
  }
}

/** Feature properties are not among them: they are values. */
function namesInStatements({ projection, targetProperty, writing }: Config): string[] {
  const { graphLabel, graphKey } = graphNodesOf(projection)
  const { labels, relationshipTypes, properties } = namesOf(projection)
  const { name } = projection
  return [
    name,
    embeddingIndexName(writing.prefix, name),
    graphLabel,
    graphKey,
    ...labels,
    ...relationshipTypes,
    ...properties,
    targetProperty,
    // What is made of the others comes last: a message should name what can be changed.
    ...labels.map((label) => groupIndexName(writing.prefix, name, label)),
  ]
}

function unknownNames(
  config: Config,
  known: { labels: readonly string[]; relationshipTypes: readonly string[]; propertyKeys: readonly string[] },
): string[] {
  const { projection, featureProperties, relationshipWeightProperty, relationshipFeatureProperties } = config
  const { targetProperty, maskQuality } = config
  const missing = (what: string, names: readonly string[], existing: readonly string[]) =>
    [...new Set(names)]
      .filter((name) => !existing.includes(name))
      .map((name) => `the database has no ${what} '${name}'${didYouMean(name, existing)}`)
  const names = namesOf(projection)
  const ofRelationships = [
    ...relationshipFeatureProperties.map(({ property }) => property),
    ...(relationshipWeightProperty === undefined ? [] : [relationshipWeightProperty]),
  ]
  const properties = [
    ...names.properties,
    ...featureProperties.map(({ property }) => property),
    ...(maskQuality.truthProperty === undefined ? [] : [maskQuality.truthProperty]),
    // A statement of the user's may compute these.
    ...(projection.kind === 'cypher' ? [] : [targetProperty, ...ofRelationships]),
  ]
  return [
    ...missing('label', names.labels, known.labels),
    ...missing('relationship type', names.relationshipTypes, known.relationshipTypes),
    ...missing('property', properties, known.propertyKeys),
  ]
}

/** Names of the user's that a projection is read by. */
function namesOf(projection: Projection) {
  const { graphLabel, graphKey } = 'graphLabel' in projection ? projection : {}
  const changedSince = changedSincePropertyOf(projection)
  return {
    labels: [...(graphLabel === undefined ? [] : [graphLabel]), ...memberLabelsOf(projection)],
    relationshipTypes: [
      ...(projection.kind === 'membership' ? [projection.membershipType] : []),
      ...(projection.kind === 'cypher' ? [] : projection.relationshipTypes),
    ],
    properties: [
      ...(graphKey === undefined ? [] : [graphKey]),
      ...(projection.kind === 'property' ? [projection.groupProperty] : []),
      projection.nodeKey,
      ...(changedSince === null ? [] : [changedSince]),
    ],
  }
}

function usableFirstKey(summary: GraphKeysSummary, { projection }: Config): Key {
  const problem = (got: string) => new SourceDataError(`Cannot page through ${keysInWords(projection, got)}`)
  if (summary.withoutKey > 0)
    throw problem(`${summary.withoutKey} of ${summary.graphCount} graph nodes without '${keyInWords(projection)}'`)
  if (summary.duplicates.length > 0) throw problem(`several graph nodes with key ${shown(summary.duplicates)}`)
  const { firstKey, keyTypes } = summary
  if (keyTypes.length !== 1 || (typeof firstKey !== 'string' && typeof firstKey !== 'bigint'))
    throw problem(keyTypes.join(' and '))
  return firstKey
}

/** Whose keys cannot be paged by, what they should be, what was got instead, and what to do. */
function keysInWords(projection: Projection, got: string): string {
  const types = 'STRING or INTEGER'
  switch (projection.kind) {
    case 'property':
      return `${graphsInWords(projection)}: expected ${types} values of one type, got ${got}; mend them, or choose another groupProperty`
    case 'cypher':
      return `the ${graphsInWords(projection)} by 'key': expected unique ${types} keys of one type, got ${got.replaceAll('graph nodes', 'rows')}; mend graphsQuery`
    default:
      return `(:${projection.graphLabel}) by '${projection.graphKey}': expected unique ${types} keys of one type, got ${got}; mend them, or choose another graphKey`
  }
}

function shown(values: readonly PropertyValue[]): string {
  return values.map(String).join(', ')
}
