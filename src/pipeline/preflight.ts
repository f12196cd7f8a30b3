/** What must hold before any graph is read: the configured names exist and the graph keys can be paged by. */
import { didYouMean } from '../config/nearest.ts'
import type { Key, PropertyValue } from '../config/property-value.ts'
import type { Config } from '../config/schema.ts'
import { ConfigError, SourceDataError } from '../errors.ts'
import { type GraphKeysSummary, graphKeysSummary, schemaNames } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { requireQuotable } from '../neo4j/identifiers.ts'
import { embeddingIndexName } from '../write-back/properties.ts'

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
  const { graphLabel, graphKey } = config.projection
  requireQuotable(namesInStatements(config))
  const [known] = await database.run(schemaNames, {}, {})
  if (known === undefined || known.labels.length === 0)
    throw new SourceDataError(
      `Cannot find graphs: expected (:${graphLabel}) nodes, got an empty database '${database.name}'; import some first`,
    )
  const unknown = unknownNames(config, known)
  if (unknown.length > 0)
    throw new ConfigError(`Cannot read the projection '${config.projection.name}': ${unknown.join('; ')}`)
  const [summary] = await database.run(graphKeysSummary, { graphLabel, graphKey }, {})
  if (summary === undefined || summary.graphCount === 0)
    throw new SourceDataError(`Cannot find graphs: expected (:${graphLabel}) nodes, got none; import some first`)
  return {
    graphCount: summary.graphCount,
    firstKey: usableFirstKey(summary, config),
    propertyKeys: known.propertyKeys,
  }
}

/** Feature properties are not among them: they are values. */
function namesInStatements({ projection, targetProperty, writing }: Config): string[] {
  const { name, graphLabel, graphKey, nodeLabels, nodeKey, membershipType, relationshipTypes } = projection
  const embeddingIndex = embeddingIndexName(writing.prefix, name)
  return [
    name,
    embeddingIndex,
    graphLabel,
    graphKey,
    ...nodeLabels,
    nodeKey,
    membershipType,
    ...relationshipTypes,
    targetProperty,
  ]
}

function unknownNames(
  { projection, featureProperties, relationshipWeightProperty, relationshipFeatureProperties, targetProperty }: Config,
  known: { labels: readonly string[]; relationshipTypes: readonly string[]; propertyKeys: readonly string[] },
): string[] {
  const missing = (what: string, names: readonly string[], existing: readonly string[]) =>
    [...new Set(names)]
      .filter((name) => !existing.includes(name))
      .map((name) => `the database has no ${what} '${name}'${didYouMean(name, existing)}`)
  const properties = [
    projection.graphKey,
    projection.nodeKey,
    targetProperty,
    ...[...featureProperties, ...relationshipFeatureProperties].map(({ property }) => property),
    ...(relationshipWeightProperty === undefined ? [] : [relationshipWeightProperty]),
  ]
  return [
    ...missing('label', [projection.graphLabel, ...projection.nodeLabels], known.labels),
    ...missing(
      'relationship type',
      [projection.membershipType, ...projection.relationshipTypes],
      known.relationshipTypes,
    ),
    ...missing('property', properties, known.propertyKeys),
  ]
}

function usableFirstKey(summary: GraphKeysSummary, { projection }: Config): Key {
  const { graphLabel, graphKey } = projection
  const problem = (got: string) =>
    new SourceDataError(
      `Cannot page through (:${graphLabel}) by '${graphKey}': expected unique STRING or INTEGER keys of one type, got ${got}; mend them, or choose another graphKey`,
    )
  if (summary.withoutKey > 0)
    throw problem(`${summary.withoutKey} of ${summary.graphCount} graph nodes without '${graphKey}'`)
  if (summary.duplicates.length > 0) throw problem(`several graph nodes with key ${shown(summary.duplicates)}`)
  const { firstKey, keyTypes } = summary
  if (keyTypes.length !== 1 || (typeof firstKey !== 'string' && typeof firstKey !== 'bigint'))
    throw problem(keyTypes.join(' and '))
  return firstKey
}

function shown(values: readonly PropertyValue[]): string {
  return values.map(String).join(', ')
}
