/** Fills the database, or finds it filled by an earlier run. */
import type { Database } from '../../src/neo4j/database.ts'
import { createGraphsInBatches } from '../../src/pipeline/create-graphs.ts'
import { graphShape } from './dataset.ts'
import { graphCountOf, syntheticGraphs } from './synthetic-graphs.ts'

export interface BuildResult {
  readonly graphs: number
  readonly nodes: number
  readonly build_s: number
  readonly isReused: boolean
}

/**
 * @param isOwn whether the server was started for this benchmark: what an earlier run left half-built is completed there,
 * whereas a database of the user's has to be empty or right
 */
export async function buildDatabase(database: Database, nodes: number, isOwn: boolean): Promise<BuildResult> {
  const graphs = graphCountOf(nodes)
  const wanted = `${graphs} graphs with ${nodes} members`
  const start = performance.now()
  const found = await countsIn(database)
  const isReused = found.graphs === graphs && found.nodes === nodes
  if (!isReused) {
    if (!isOwn && found.all > 0)
      throw new Error(
        `Cannot build in the database '${database.name}' at ${database.uri}: expected it to be empty or to hold ${wanted}, got ${describe(found)}; name another with NEO4J_URI or NEO4J_DATABASE`,
      )
    console.error(`Building ${wanted}`)
    await createGraphsInBatches(database, graphShape, syntheticGraphs(nodes))
    const built = await countsIn(database)
    if (built.graphs !== graphs || built.nodes !== nodes)
      throw new Error(`Cannot build the database: expected ${wanted}, got ${describe(built)}; delete its data`)
  }
  return { graphs, nodes, build_s: (performance.now() - start) / 1000, isReused }
}

interface Counts {
  readonly all: number
  readonly graphs: number
  readonly nodes: number
}

async function countsIn(database: Database): Promise<Counts> {
  const count = async (pattern: string) => {
    const { rows } = await database.query(`MATCH (${pattern}) RETURN count(n)`, {})
    return Number(rows[0]?.[0])
  }
  const { graphLabel, nodeLabel } = graphShape
  return { all: await count('n'), graphs: await count(`n:${graphLabel}`), nodes: await count(`n:${nodeLabel}`) }
}

function describe({ all, graphs, nodes }: Counts): string {
  return `${graphs} graphs with ${nodes} members among ${all} nodes`
}
