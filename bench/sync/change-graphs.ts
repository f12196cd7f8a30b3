/** Changes some graphs, so that the next sync has to score them. Doing it again changes them back. */
import type { Database } from '../../src/neo4j/database.ts'
import { graphShape } from './dataset.ts'

/** Changes one graph of each `every`: the features of its members. Gives how many. */
export async function changeGraphs(database: Database, every: number): Promise<number> {
  const { graphLabel, graphKey, membershipType, nodeLabel } = graphShape
  const { rows } = await database.execute(
    `MATCH (g:${graphLabel})
     WHERE g.${graphKey} % $every = 0
     CALL (g) {
       MATCH (g)<-[:${membershipType}]-(n:${nodeLabel})
       SET n.x = -n.x
     } IN TRANSACTIONS OF 1000 ROWS
     RETURN count(g) AS graphs`,
    { every: BigInt(every) },
  )
  return Number(rows[0]?.[0])
}
