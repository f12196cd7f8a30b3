/** What a configuration wants of relationships: read from the database, and as edges of the model. */
import type { Config } from '../config/schema.ts'
import type { EdgeOptions } from '../graph/edge-fitter.ts'
import type { WantedProperties } from '../neo4j/catalogue.ts'

/** Under this name a model knows the relationship type; its values are read as those of a property are. */
export const relationshipType = 'type'

export function edgeOptions(config: Config): EdgeOptions {
  return {
    edgeWeight: config.relationshipWeightProperty ?? null,
    edgeType: config.relationshipTypeWeights ? relationshipType : null,
    edgeFeatures: config.relationshipFeatureProperties,
  }
}

/** In the same order as {@link edgeOptions}. */
export function wantedProperties(config: Config): WantedProperties {
  return {
    properties: config.featureProperties.map(({ property }) => property),
    weightProperty: config.relationshipWeightProperty ?? null,
    withType: config.relationshipTypeWeights,
    relationshipProperties: config.relationshipFeatureProperties.map(({ property }) => property),
  }
}
