/** The one place that chooses a reader by the kind of a projection. */
import type { Projection } from '../config/schema.ts'
import { cypherReader } from './cypher-reader.ts'
import type { Database } from './database.ts'
import { membershipReader } from './membership-reader.ts'
import { neighbourhoodReader } from './neighbourhood-reader.ts'
import type { ProjectionReader } from './projection-reader.ts'
import { propertyReader } from './property-reader.ts'

export function projectionReader(database: Database, projection: Projection): ProjectionReader {
  switch (projection.kind) {
    case 'membership':
      return membershipReader(database, projection)
    case 'property':
      return propertyReader(database, projection)
    case 'neighbourhood':
      return neighbourhoodReader(database, projection)
    case 'cypher':
      return cypherReader(database, projection)
  }
}
