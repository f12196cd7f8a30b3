/** Takes away what either side has written, so that each run finds the same database. */
import type { Database } from '../../src/neo4j/database.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import { graphShape } from './dataset.ts'

const peerProperties = ['prediction', 'embedding', 'maskLayer1', 'maskLayer2', 'maskLayer3', 'maskLayer4']

export async function clearDatabase(database: Database, prefix: string): Promise<void> {
  await removeEverything(database, prefix)
  const { graphLabel, nodeLabel } = graphShape
  await database.execute(
    `MATCH (n:${graphLabel}|${nodeLabel})
     WHERE n.prediction IS NOT NULL OR n.maskLayer1 IS NOT NULL
     CALL (n) { REMOVE ${peerProperties.map((name) => `n.${name}`).join(', ')} } IN TRANSACTIONS OF 10000 ROWS`,
    {},
  )
}
