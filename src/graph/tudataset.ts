/** Reads a TUDataset folder or zip graph by graph, in bounded memory. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CompanionRows } from './companion-rows.ts'
import type { EdgeRecords } from './edge-records.ts'
import { type SortedEdges, sortEdges } from './tudataset-edges.ts'
import { findTuFiles } from './tudataset-files.ts'
import { readLayout, type TuLayout } from './tudataset-layout.ts'
import { TuSource } from './tudataset-source.ts'
import type { TuDataset, TuEdge, TuGraph, TuNode, TuOptions, TuReport } from './tudataset-types.ts'

const none: readonly never[] = []

/**
 * Opens a data set and checks all of it, so that the report is complete and no graph is bad once the first is read.
 *
 * @param path a zip, the folder of the text files, or a folder that holds them as NAME/ or NAME/raw/
 * @throws SourceDataError naming file and line where the data is wrong
 * @throws InterruptedError when `options.signal` is aborted
 */
export async function openTuDataset(path: string, options: TuOptions = {}): Promise<TuDataset> {
  const files = await findTuFiles(path)
  let folder: string | undefined
  let open = true
  const close = async (): Promise<void> => {
    open = false
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
  try {
    folder = await mkdtemp(join(options.temporaryDirectory ?? tmpdir(), 'smg-tudataset-'))
    const contents = await readContents(new TuSource(files, options.signal), folder, options)
    const graphs = (): AsyncGenerator<TuGraph> => {
      if (!open) throw new TypeError(`Cannot read the graphs of ${files.name}: the data set is closed`)
      return readGraphs(contents)
    }
    return { name: files.name, columns: columnsOf(contents), report: reportOf(contents), graphs, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Everything but the edges and what belongs to nodes, which are read again graph by graph. */
interface Contents {
  readonly source: TuSource
  readonly layout: TuLayout
  readonly edges: SortedEdges
  /** One row a graph, empty where there is no such file. */
  readonly graphLabels: readonly (readonly number[])[]
  readonly graphAttributes: readonly (readonly number[])[]
  readonly nodeLabels: number
  readonly nodeAttributes: number
}

async function readContents(source: TuSource, folder: string, options: TuOptions): Promise<Contents> {
  const layout = await readLayout(source.graphIndicator())
  const { graphCount, nodeCount } = layout
  const graphLabels: (readonly number[])[] = []
  const graphAttributes: (readonly number[])[] = []
  await readAll(source.companion('graph_labels'), graphCount, (row) => graphLabels.push([...row]))
  await readAll(source.companion('graph_attributes'), graphCount, (row) => graphAttributes.push([...row]))
  const nodeLabels = await readAll(source.companion('node_labels'), nodeCount)
  const nodeAttributes = await readAll(source.companion('node_attributes'), nodeCount)
  const edges = await sortEdges(source, layout, folder, options)
  return { source, layout, edges, graphLabels, graphAttributes, nodeLabels, nodeAttributes }
}

/** Reads and checks a whole file that must have `count` rows; the number of its columns, 0 where there is none. */
async function readAll(rows: CompanionRows, count: number, use?: (row: readonly number[]) => void): Promise<number> {
  try {
    for (let index = 0; index < count; index++) {
      const step = rows.next()
      if (step !== true) await step
      use?.(rows.row)
    }
    await rows.finish()
    return rows.row.length
  } finally {
    await rows.close()
  }
}

function columnsOf({
  edges,
  graphLabels,
  graphAttributes,
  nodeLabels,
  nodeAttributes,
}: Contents): TuDataset['columns'] {
  return {
    nodeLabels,
    nodeAttributes,
    edgeLabels: edges.edgeLabels,
    edgeAttributes: edges.edgeAttributes,
    graphLabels: graphLabels[0]?.length ?? 0,
    graphAttributes: graphAttributes[0]?.length ?? 0,
  }
}

function reportOf({ layout, edges }: Contents): TuReport {
  const { nodeStart, graphCount, nodeCount } = layout
  let emptyGraphs = 0
  for (let graph = 0; graph < graphCount; graph++) if (nodeStart[graph] === nodeStart[graph + 1]) emptyGraphs++
  return {
    directed: edges.directed,
    graphs: graphCount,
    nodes: nodeCount,
    edges: edges.edges,
    edgeLines: edges.edgeLines,
    duplicateEdges: edges.duplicateEdges,
    selfLoops: edges.selfLoops,
    isolatedNodes: edges.isolatedNodes,
    emptyGraphs,
  }
}

async function* readGraphs(contents: Contents): AsyncGenerator<TuGraph, void, undefined> {
  const { source, layout, edges, graphLabels, graphAttributes } = contents
  const labels = source.companion('node_labels')
  const attributes = source.companion('node_attributes')
  try {
    for (const [bucket, { firstGraph, endGraph }] of edges.buckets.entries()) {
      const records = await edges.spool.read(bucket)
      let record = 0
      for (let graph = firstGraph; graph < endGraph; graph++) {
        source.throwIfInterrupted()
        const lastNode = layout.nodeStart[graph + 1] ?? 0
        const nodes = await readNodes((layout.nodeStart[graph] ?? 0) + 1, lastNode, labels, attributes)
        const firstRecord = record
        while (record < records.count && sourceOf(records, record) <= lastNode) record++
        const label = graphLabels[graph]?.[0]
        yield {
          id: graph + 1,
          label: label === undefined ? null : BigInt(label),
          attributes: graphAttributes[graph] ?? [],
          nodes,
          edges: edgesBetween(records, firstRecord, record, edges),
        }
      }
    }
  } finally {
    await Promise.all([labels.close(), attributes.close()])
  }
}

async function readNodes(
  firstNode: number,
  lastNode: number,
  labels: CompanionRows,
  attributes: CompanionRows,
): Promise<TuNode[]> {
  const nodes: TuNode[] = []
  for (let id = firstNode; id <= lastNode; id++) {
    const withLabels = labels.next()
    if (withLabels !== true) await withLabels
    const withAttributes = attributes.next()
    if (withAttributes !== true) await withAttributes
    nodes.push({ id, labels: labels.row.map(BigInt), attributes: [...attributes.row] })
  }
  return nodes
}

/** The records from `first` up to and without `end`; of an undirected pair only the one with source < target. */
function edgesBetween(records: EdgeRecords, first: number, end: number, columns: SortedEdges): TuEdge[] {
  const { ends, values, slots } = records
  const result: TuEdge[] = []
  for (let record = first; record < end; record++) {
    const source = sourceOf(records, record)
    const target = ends[2 * slots * record + 1] ?? 0
    if (!columns.directed && source > target) continue
    const start = slots * record + 1
    const labelsEnd = start + columns.edgeLabels
    const labels = columns.edgeLabels === 0 ? none : Array.from(values.subarray(start, labelsEnd), BigInt)
    const attributes =
      columns.edgeAttributes === 0 ? none : Array.from(values.subarray(labelsEnd, slots * (record + 1)))
    result.push({ source, target, labels, attributes })
  }
  return result
}

function sourceOf({ ends, slots }: EdgeRecords, record: number): number {
  return ends[2 * slots * record] ?? 0
}
