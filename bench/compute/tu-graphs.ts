/** TUDataset graphs encoded as in the paper and in the Python peer: the numbers of features and edges are the same. */
import { join } from 'node:path'
import { type EncodedGraph, plainEdges } from '../../src/graph/encoded-graph.ts'
import { createRandom, shuffled } from '../../src/graph/random.ts'
import { openTuDataset } from '../../src/graph/tudataset.ts'
import type { TuGraph } from '../../src/graph/tudataset-types.ts'

export interface TuGraphsOptions {
  /** Folder that holds NAME.zip or NAME/. */
  readonly data: string
  readonly dataset: string
  /** So many random graphs; 0: all. */
  readonly subset: number
  readonly attributes: boolean
  /** Larger degrees share the last column. */
  readonly degreeCap: number | undefined
  readonly seed: number
}

export interface TuGraphs {
  readonly graphs: readonly EncodedGraph[]
  readonly classCount: number
}

/** Above this, the degree is one z-scored column. */
const largestOneHotDegree = 1000

export async function readTuGraphs(options: TuGraphsOptions): Promise<TuGraphs> {
  const dataset = await openTuDataset(join(options.data, `${options.dataset}.zip`))
  try {
    const kept = new Set(
      shuffled(
        Array.from({ length: dataset.report.graphs }, (_, i) => i + 1),
        createRandom(options.seed, 'subset'),
      ).slice(0, options.subset === 0 ? undefined : options.subset),
    )
    const classes = new Set<bigint>()
    const ranges: { low: bigint; high: bigint }[] = []
    const degrees = { count: 0, sum: 0, squares: 0, max: 0 }
    // The features depend on all graphs of the data set, as is usual in the literature.
    for await (const graph of dataset.graphs()) {
      if (graph.label !== null) classes.add(graph.label)
      for (const { labels } of graph.nodes)
        labels.forEach((label, c) => {
          const range = ranges[c] ?? { low: label, high: label }
          ranges[c] = { low: label < range.low ? label : range.low, high: label > range.high ? label : range.high }
        })
      for (const degree of sortedEdges(graph, dataset.report.directed).degrees) {
        degrees.count++
        degrees.sum += degree
        degrees.squares += degree * degree
        degrees.max = Math.max(degrees.max, degree)
      }
    }
    const order = [...classes].sort((a, b) => (a < b ? -1 : 1))
    const columns = nodeColumns(ranges, degrees, options)
    const graphs: EncodedGraph[] = []
    for await (const graph of dataset.graphs()) {
      if (!kept.has(graph.id)) continue
      const { source, target, degrees: own } = sortedEdges(graph, dataset.report.directed)
      const rows = graph.nodes.map((node, v) => columns(node, own[v] ?? 0))
      const featureCount = rows[0]?.length ?? 0
      graphs.push({
        key: BigInt(graph.id),
        nodeKeys: graph.nodes.map(({ id }) => BigInt(id)),
        nodeCount: rows.length,
        featureCount,
        x: Float32Array.from(rows.flat()),
        source,
        target,
        ...plainEdges,
        y: graph.label === null ? null : order.indexOf(graph.label),
        targets: null,
      })
    }
    return { graphs, classCount: order.length }
  } finally {
    await dataset.close()
  }
}

/** Both directions of undirected edges, sorted by target, then source; without duplicates and self-loops. */
function sortedEdges({ nodes, edges }: TuGraph, directed: boolean) {
  const first = nodes[0]?.id ?? 0
  const codes = new Set<number>()
  for (const { source, target } of edges) {
    const [u, v] = [source - first, target - first]
    if (u === v) continue
    codes.add(v * nodes.length + u)
    if (!directed) codes.add(u * nodes.length + v)
  }
  const sorted = Float64Array.from(codes).sort()
  const degrees = new Int32Array(nodes.length)
  const source = Int32Array.from(sorted, (code) => code % nodes.length)
  const target = Int32Array.from(sorted, (code) => Math.floor(code / nodes.length))
  for (const u of source) degrees[u] = (degrees[u] ?? 0) + 1
  return { source, target, degrees }
}

type NodeColumns = (node: TuGraph['nodes'][number], degree: number) => number[]

function nodeColumns(
  ranges: readonly { readonly low: bigint; readonly high: bigint }[],
  degrees: { readonly count: number; readonly sum: number; readonly squares: number; readonly max: number },
  { attributes, degreeCap }: TuGraphsOptions,
): NodeColumns {
  const oneHot = (index: number, length: number) => Array.from({ length }, (_, i) => (i === index ? 1 : 0))
  if (ranges.length > 0 || attributes)
    return (node) => [
      ...ranges.flatMap(({ low, high }, c) => oneHot(Number((node.labels[c] ?? low) - low), Number(high - low) + 1)),
      ...(attributes ? node.attributes : []),
    ]
  if (degrees.max > largestOneHotDegree) {
    const mean = degrees.sum / degrees.count
    const std = Math.sqrt(degrees.squares / degrees.count - mean * mean)
    return (_, degree) => [(degree - mean) / std]
  }
  const last = Math.min(degrees.max, degreeCap ?? degrees.max)
  return (_, degree) => oneHot(Math.min(degree, last), last + 1)
}
