/** Which nodes each graph of a TUDataset has, and how the graphs are cut into buckets. */
import type { NodeRange } from './edge-records.ts'
import type { NumberRows } from './number-rows.ts'

/** Graphs and nodes from 0 here, so node id = index + 1; the nodes of a graph follow each other. */
export interface TuLayout {
  readonly graphCount: number
  readonly nodeCount: number
  /** First node of each graph, and the number of nodes as last element. [graphCount + 1] */
  readonly nodeStart: Int32Array
  /** [nodeCount] */
  readonly graphOfNode: Int32Array
}

/** Graphs from `firstGraph` up to and without `endGraph`. */
export interface GraphBucket {
  readonly firstGraph: number
  readonly endGraph: number
}

/** @throws SourceDataError where the nodes are not grouped by graph in ascending order */
export async function readLayout(indicator: NumberRows): Promise<TuLayout> {
  let graphOfNode = new Int32Array(1024)
  let nodeCount = 0
  let last = 0
  for (let more = indicator.next(); more === true || (await more); more = indicator.next()) {
    const graphId = indicator.row[0] ?? 0
    if (graphId < 1 || graphId > 2 ** 31 - 2) throw indicator.unexpected('a graph id from 1', String(graphId))
    if (graphId < last)
      throw indicator.unexpected(
        `nodes grouped by graph in ascending order (graph ${last} or later)`,
        `graph ${graphId}`,
      )
    last = graphId
    if (nodeCount === graphOfNode.length) graphOfNode = enlarged(graphOfNode)
    graphOfNode[nodeCount++] = graphId - 1
  }
  graphOfNode = graphOfNode.slice(0, nodeCount)
  const nodeStart = new Int32Array(last + 1)
  for (const graph of graphOfNode) nodeStart[graph + 1] = (nodeStart[graph + 1] ?? 0) + 1
  for (let graph = 1; graph <= last; graph++) nodeStart[graph] = (nodeStart[graph] ?? 0) + (nodeStart[graph - 1] ?? 0)
  return { graphCount: last, nodeCount, nodeStart, graphOfNode }
}

/** Cuts the graphs into at most `count` ranges of about equally many nodes. */
export function graphBuckets({ graphCount, nodeCount, nodeStart }: TuLayout, count: number): GraphBucket[] {
  const buckets: GraphBucket[] = []
  const nodesEach = nodeCount / count
  let firstGraph = 0
  for (let graph = 1; graph <= graphCount; graph++) {
    const full = (nodeStart[graph] ?? 0) >= nodesEach * (buckets.length + 1)
    if (!full && graph < graphCount) continue
    buckets.push({ firstGraph, endGraph: graph })
    firstGraph = graph
  }
  return buckets
}

/** Node ids (from 1) of the graphs of a bucket. */
export function nodeRange({ nodeStart }: TuLayout, { firstGraph, endGraph }: GraphBucket): NodeRange {
  const start = nodeStart[firstGraph] ?? 0
  return { firstNode: start + 1, nodeCount: (nodeStart[endGraph] ?? 0) - start }
}

function enlarged(values: Int32Array): Int32Array<ArrayBuffer> {
  const result = new Int32Array(values.length * 2)
  result.set(values)
  return result
}
