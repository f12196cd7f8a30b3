/** The list of scored graphs, page by page. */
import { graphNodesOf } from '../../config/graph-nodes.ts'
import type { Config } from '../../config/schema.ts'
import type { Database } from '../../neo4j/database.ts'
import { listScoredGraphs } from '../../neo4j/masks-catalogue.ts'
import { toJsonValue } from '../../neo4j/values.ts'
import { type GraphFilter, type GraphPage, graphsPerPage } from '../../viewer/viewer-api.ts'
import { writtenProperties } from '../../write-back/properties.ts'
import { asTarget } from './as-target.ts'

export async function scoredGraphs(
  database: Database,
  { projection, targetProperty, writing }: Config,
  { from, limit = graphsPerPage, ...filter }: GraphFilter & { readonly from: number; readonly limit?: number },
): Promise<GraphPage> {
  const { prediction: predictionProperty, probability: probabilityProperty } = writtenProperties(writing.prefix)
  const names = { ...graphNodesOf(projection), predictionProperty, probabilityProperty, targetProperty }
  // One more than is shown tells whether there are more.
  const rows = await database.run(listScoredGraphs, names, { ...filter, skip: BigInt(from), limit: BigInt(limit + 1) })
  return {
    graphs: rows.slice(0, limit).map(({ target, ...row }) => ({ ...row, target: asTarget(toJsonValue(target)) })),
    next: rows.length > limit ? from + limit : null,
  }
}
