/** Takes back what was written about graphs that a projection has no more, where we make the memberships. */
import { graphNodesOf, type MadeProjection, makesGraphNodes, masksOnMemberships } from '../config/graph-nodes.ts'
import { ServerMemoryError } from '../errors.ts'
import type { Key } from '../graph/subgraph.ts'
import type { Database } from '../neo4j/database.ts'
import { inHalves } from '../neo4j/in-halves.ts'
import { type PlanRow, retractableGraphs } from '../neo4j/plan-catalogue.ts'
import { retractGraphs, strayGraphs, writtenGraphs } from '../neo4j/projection-catalogue.ts'
import { projectionReader } from '../neo4j/reader-of-projection.ts'
import { writtenProperties } from './properties.ts'

const graphsPerPage = 10_000
const graphsPerTransaction = 100

/** Smallest key of each type: pages from both are all graph nodes, also those of a type that keys had before. */
const smallestKeys: readonly Key[] = ['', -(2n ** 63n)]

/** What {@link retractGoneGraphs} would take back. */
export async function planGoneGraphs(
  database: Database,
  projection: MadeProjection,
  prefix: string,
): Promise<PlanRow[]> {
  const { names, params } = retraction(projection, prefix)
  const rows: PlanRow[] = []
  for await (const ids of goneGraphs(database, projection, prefix))
    rows.push(...(await database.run(retractableGraphs, names, { ...params, ids })))
  return rows
}

/** Removes predictions, memberships and masks of gone graphs; returns how many memberships there were. */
export async function retractGoneGraphs(
  database: Database,
  projection: MadeProjection,
  prefix: string,
): Promise<number> {
  const { names, params } = retraction(projection, prefix)
  const retract = async (ids: readonly string[]) => {
    const [row] = await database.run(retractGraphs, names, { ...params, ids })
    return row?.formerCount ?? 0
  }
  let count = 0
  for await (const ids of goneGraphs(database, projection, prefix)) {
    for (let first = 0; first < ids.length; first += graphsPerTransaction) {
      const counts = await inHalves(ids.slice(first, first + graphsPerTransaction), {
        work: retract,
        failure: ServerMemoryError,
        alone: (_id, thrown) => {
          throw thrown
        },
      })
      count += counts.reduce((sum, each) => sum + each, 0)
    }
  }
  return count
}

/** How what was written is told. */
function retraction(projection: MadeProjection, prefix: string) {
  const { runId, fingerprint, maskPattern, anyPattern } = writtenProperties(prefix)
  return {
    names: { runIdProperty: runId, fingerprintProperty: fingerprint },
    params: {
      projection: projection.name,
      masksOnMembers: !masksOnMemberships(projection),
      maskPattern,
      propertyPattern: anyPattern,
    },
  }
}

/** Element ids of graph nodes that the projection has written to, and has no graph for any more. */
async function* goneGraphs(
  database: Database,
  projection: MadeProjection,
  prefix: string,
): AsyncGenerator<readonly string[]> {
  const { name } = projection
  const { graphLabel, graphKey } = graphNodesOf(projection)
  const [strays] = await database.run(strayGraphs, { graphLabel }, { projection: name })
  if (strays !== undefined && strays.ids.length > 0) yield strays.ids
  // There is a neighbourhood for every node with label and key.
  if (projection.kind === 'neighbourhood') return
  const reader = projectionReader(database, projection)
  const names = { graphLabel, graphKey, runIdProperty: writtenProperties(prefix).runId }
  const params = { projection: name, makesGraphNodes: makesGraphNodes(projection), limit: BigInt(graphsPerPage + 1) }
  for (const smallest of smallestKeys) {
    let from: Key | undefined = smallest
    while (from !== undefined) {
      const written: { key: Key; id: string }[] = await database.run(writtenGraphs, names, { ...params, from })
      from = written[graphsPerPage]?.key
      const page = written.slice(0, graphsPerPage)
      if (page.length === 0) break
      const existing = new Set(await reader.existingKeys(page.map(({ key }) => key)))
      const gone = page.filter(({ key }) => !existing.has(key))
      if (gone.length > 0) yield gone.map(({ id }) => id)
    }
  }
}
