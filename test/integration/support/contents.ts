import type { Database } from '../../../src/neo4j/database.ts'
import { toJsonValue } from '../../../src/neo4j/values.ts'

/** Everything in the database but indexes, for small ones: nodes with labels and properties, relationships, constraints. */
export async function contentsOf(database: Database) {
  const nodes = await database.execute(
    'MATCH (n) RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties ORDER BY id',
    {},
  )
  const relationships = await database.execute(
    `MATCH (a)-[r]->(b)
     RETURN elementId(r) AS id, elementId(a) AS start, type(r) AS type, elementId(b) AS end, properties(r) AS properties
     ORDER BY id`,
    {},
  )
  const constraints = await database.execute('SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name', {})
  return {
    nodes: nodes.rows.map(toJsonValue),
    relationships: relationships.rows.map(toJsonValue),
    constraints: constraints.rows.map(toJsonValue),
  }
}
