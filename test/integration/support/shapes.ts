/** A small data set to learn from and to spoil: shapes of four corners, closed or open. */
import { parseConfig } from '../../../src/config/load.ts'
import type { Config } from '../../../src/config/schema.ts'
import type { Database } from '../../../src/neo4j/database.ts'

export const cornersPerShape = 4

/** Shapes 1 to `count`: the even ones closed. Their corners have a STRING and a FLOAT, and keys of their own. */
export async function addShapes(database: Database, count = 12): Promise<void> {
  await database.execute(
    `UNWIND range(1, $count) AS id
     CREATE (g:Shape {shapeId: id, closed: id % 2 = 0})
     WITH g, id
     CALL (g, id) {
       UNWIND range(1, 4) AS i
       CREATE (n:Corner {cornerId: 10 * id + i, kind: CASE i % 2 WHEN 0 THEN 'sharp' ELSE 'round' END, size: i + id / 100.0})
       CREATE (n)-[:CORNER_OF]->(g)
       RETURN collect(n) AS corners
     }
     CALL (g, corners) {
       UNWIND range(0, CASE WHEN g.closed THEN 3 ELSE 2 END) AS i
       WITH corners[i] AS a, corners[(i + 1) % 4] AS b
       CREATE (a)-[:NEXT]->(b)
     }`,
    { count: BigInt(count) },
  )
}

/** The configuration as a file would hold it, with `changes` at the top level. */
export function shapesConfig(modelDirectory: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    projection: {
      name: 'shapes',
      graphLabel: 'Shape',
      graphKey: 'shapeId',
      nodeLabels: ['Corner'],
      nodeKey: 'cornerId',
      membershipType: 'CORNER_OF',
      relationshipTypes: ['NEXT'],
    },
    featureProperties: ['kind', 'size'],
    targetProperty: 'closed',
    model: { modelName: 'shapes', layers: 2, hidden: 8 },
    training: { epochs: 2 },
    modelDirectory,
    ...changes,
  }
}

/** {@link shapesConfig}, validated. */
export function parsedShapesConfig(...args: Parameters<typeof shapesConfig>): Config {
  return parseConfig(shapesConfig(...args), 'smg.config.yaml')
}
