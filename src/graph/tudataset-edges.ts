/** Checks the edge lines of a TUDataset and sorts them by graph, through temporary files. */
import { EdgeSpool } from './edge-spool.ts'
import type { NumberRows } from './number-rows.ts'
import { type GraphBucket, graphBuckets, nodeRange, type TuLayout } from './tudataset-layout.ts'
import type { TuSource } from './tudataset-source.ts'
import type { TuOptions } from './tudataset-types.ts'

/** Edge text for each temporary file; the edges of one file are sorted in memory. */
const TEXT_BYTES_PER_BUCKET = 8 * 2 ** 20
const MOST_BUCKETS = 256

/** The edges in their temporary files, by graph, without duplicates and self-loops, and what was found on the way. */
export interface SortedEdges {
  readonly spool: EdgeSpool
  readonly buckets: readonly GraphBucket[]
  readonly directed: boolean
  /** Columns of the label and attribute files, 0 where there is none. */
  readonly edgeLabels: number
  readonly edgeAttributes: number
  readonly edges: number
  readonly edgeLines: number
  readonly duplicateEdges: number
  readonly selfLoops: number
  readonly isolatedNodes: number
}

/**
 * @param folder gets the temporary files
 * @throws SourceDataError for an edge to a node that is not there or in another graph, naming the line
 */
export async function sortEdges(
  source: TuSource,
  layout: TuLayout,
  folder: string,
  options: TuOptions,
): Promise<SortedEdges> {
  const bucketCount = Math.max(1, Math.min(MOST_BUCKETS, Math.ceil(source.edgeBytes / TEXT_BYTES_PER_BUCKET)))
  const buckets = graphBuckets(layout, bucketCount)
  const spooled = await spoolEdges(source, layout, buckets, folder, options)
  const found = { directed: false, edges: 0, duplicateEdges: 0, selfLoops: 0, isolatedNodes: 0 }
  for (const [bucket, graphs] of buckets.entries()) {
    source.throwIfInterrupted()
    const settled = await spooled.spool.settle(bucket, nodeRange(layout, graphs))
    found.directed ||= !settled.symmetric
    found.edges += settled.records.count
    found.duplicateEdges += settled.duplicateEdges
    found.selfLoops += settled.selfLoops
    found.isolatedNodes += settled.isolatedNodes
  }
  if (!found.directed) found.edges /= 2
  return { ...spooled, ...found, buckets }
}

async function spoolEdges(
  source: TuSource,
  layout: TuLayout,
  buckets: readonly GraphBucket[],
  folder: string,
  options: TuOptions,
): Promise<Pick<SortedEdges, 'spool' | 'edgeLines' | 'edgeLabels' | 'edgeAttributes'>> {
  const bucketOfGraph = new Int32Array(layout.graphCount)
  for (const [bucket, { firstGraph, endGraph }] of buckets.entries()) bucketOfGraph.fill(bucket, firstGraph, endGraph)
  let doneBytes = 0
  const lines = source.edgeLines((bytes) => {
    doneBytes += bytes
    options.onProgress?.(doneBytes, source.edgeBytes)
  })
  const labels = source.companion('edge_labels')
  const attributes = source.companion('edge_attributes')
  let spool: EdgeSpool | undefined
  try {
    for (let more = lines.next(); more === true || (await more); more = lines.next()) {
      const withLabels = labels.next()
      if (withLabels !== true) await withLabels
      const withAttributes = attributes.next()
      if (withAttributes !== true) await withAttributes
      const [from = 0, to = 0] = lines.row
      const graph = graphOfEdge(lines, from, to, layout)
      spool ??= new EdgeSpool(folder, labels.row.length + attributes.row.length)
      spool.add(bucketOfGraph[graph] ?? 0, from, to, labels.row, attributes.row)
    }
    await labels.finish()
    await attributes.finish()
  } finally {
    await Promise.all([lines.close(), labels.close(), attributes.close()])
  }
  const counts = { edgeLines: lines.count, edgeLabels: labels.row.length, edgeAttributes: attributes.row.length }
  return { spool: spool ?? new EdgeSpool(folder, 0), ...counts }
}

function graphOfEdge(lines: NumberRows, from: number, to: number, { graphOfNode, nodeCount }: TuLayout): number {
  const graph = graphOfNode[from - 1]
  const other = graphOfNode[to - 1]
  if (graph === undefined || other === undefined) {
    const wrong = graph === undefined ? from : to
    throw lines.unexpected(`node ids from 1 to ${nodeCount}`, String(wrong))
  }
  if (graph !== other)
    throw lines.unexpected(
      'two nodes of the same graph',
      `node ${from} of graph ${graph + 1} and node ${to} of graph ${other + 1}`,
    )
  return graph
}
