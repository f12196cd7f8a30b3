/** What happens to the graphs between two rounds: features, members and whole graphs change, drawn from a seed. */
import type { Random } from '../../src/graph/random.ts'
import type { Database } from '../../src/neo4j/database.ts'
import { createGraphsInBatches } from '../../src/pipeline/create-graphs.ts'
import { crashGraph, crashShape } from './graphs.ts'

/** Share of the graphs of which one member gets another feature. */
const shareOfGraphs = 0.3

/**
 * Marks what it touches: `editedAfter` of a graph is the run whose scores no longer fit it, so that a check can tell graphs
 * that nobody touched since they were scored.
 */
export async function editGraphs(database: Database, random: Random): Promise<void> {
  const { rows } = await database.query(
    `MATCH (n:Account)-[:MEMBER_OF]->(g:Case)
     WITH g, n ORDER BY n.accountId
     RETURN g.caseId, collect(n.accountId) ORDER BY g.caseId`,
    {},
  )
  const graphs = rows.map(([key, members]) => ({ key: String(key), members: members as string[] }))
  const drawn = () => {
    const graph = graphs[random.nextBelow(graphs.length)]
    if (graph === undefined) throw new Error('Cannot edit: expected graphs with members, got none')
    return graph
  }
  const features = Array.from({ length: Math.ceil(graphs.length * shareOfGraphs) }, () => {
    const { members } = drawn()
    return { member: members[random.nextBelow(members.length)], turnover: random.nextFloat() }
  })
  await database.execute(
    `UNWIND $features AS feature
     MATCH (n:Account {accountId: feature.member})-[:MEMBER_OF]->(g:Case)
     SET n.turnover = feature.turnover, g.editedAfter = coalesce(g.smgRunId, '')`,
    { features },
  )
  const [from, to] = [drawn(), drawn()]
  if (from.key !== to.key && from.members.length > 3)
    await database.execute(
      `MATCH (n:Account {accountId: $member})-[m:MEMBER_OF]->(old:Case), (new:Case {caseId: $to})
       DELETE m CREATE (n)-[:MEMBER_OF]->(new)
       SET old.editedAfter = coalesce(old.smgRunId, ''), new.editedAfter = coalesce(new.smgRunId, '')`,
      { member: from.members[0], to: to.key },
    )
  const gone = drawn()
  const membersStay = random.nextBelow(2) === 0
  await database.execute(
    membersStay
      ? 'MATCH (g:Case {caseId: $key}) DETACH DELETE g'
      : 'MATCH (n:Account)-[:MEMBER_OF]->(g:Case {caseId: $key}) DETACH DELETE g, n',
    { key: gone.key },
  )
  const last = Number(graphs.at(-1)?.key.slice(1))
  await createGraphsInBatches(database, crashShape, [crashGraph(last + 1)])
}
