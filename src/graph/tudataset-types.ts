/**
 * What the TUDataset reader hands over: plain data, no database and no tensors.
 *
 * The format (Morris et al. 2020, arXiv:2007.08663): NAME_A.txt holds one directed edge a line, NAME_graph_indicator.txt
 * the graph of each node, the other files one line a node, edge or graph; all ids count from 1.
 */

/** One node; `labels` and `attributes` are empty where the data set has no such file. */
export interface TuNode {
  /** Line in NAME_graph_indicator.txt: unique in the whole data set, from 1. */
  readonly id: number
  readonly labels: readonly bigint[]
  readonly attributes: readonly number[]
}

/** One edge between two nodes of the same graph, by their {@link TuNode.id}. */
export interface TuEdge {
  readonly source: number
  readonly target: number
  readonly labels: readonly bigint[]
  readonly attributes: readonly number[]
}

/** One graph with everything the files say about it. */
export interface TuGraph {
  /** Line in NAME_graph_labels.txt, from 1. */
  readonly id: number
  /** Class; `null` where the data set has no graph labels. */
  readonly label: bigint | null
  /** Row of NAME_graph_attributes.txt, such as regression targets; empty where there is no such file. */
  readonly attributes: readonly number[]
  /** In ascending id order; empty for a graph without nodes. */
  readonly nodes: readonly TuNode[]
  /** In ascending (source, target) order. One edge a pair, source < target, unless the data set is `directed`. */
  readonly edges: readonly TuEdge[]
}

/** What the data set holds and what was dropped; complete before the first graph is read. */
export interface TuReport {
  /** False where every edge is listed in both directions with the same labels and attributes. */
  readonly directed: boolean
  readonly graphs: number
  readonly nodes: number
  /** Edges handed over: unordered pairs, or directed edges where `directed`. */
  readonly edges: number
  /** Lines of NAME_A.txt. */
  readonly edgeLines: number
  /** Lines dropped because an equal line (same nodes, labels and attributes) came before. */
  readonly duplicateEdges: number
  /** Lines dropped because they join a node to itself. */
  readonly selfLoops: number
  /** Nodes without an edge; they are handed over. */
  readonly isolatedNodes: number
  /** Graphs without nodes; they are handed over. */
  readonly emptyGraphs: number
}

/** Columns of each optional file, 0 where it is absent. */
export interface TuColumns {
  readonly nodeLabels: number
  readonly nodeAttributes: number
  readonly edgeLabels: number
  readonly edgeAttributes: number
  readonly graphLabels: number
  readonly graphAttributes: number
}

/** An opened data set. Holds a temporary folder until {@link TuDataset.close}. */
export interface TuDataset {
  /** NAME of the files, such as MUTAG. */
  readonly name: string
  readonly columns: TuColumns
  readonly report: TuReport
  /** The graphs in ascending id order; may be asked for again. */
  graphs(): AsyncIterable<TuGraph>
  /** Removes the temporary folder; harmless when repeated. */
  close(): Promise<void>
}

export interface TuOptions {
  readonly signal?: AbortSignal | undefined
  /** Folder that gets the temporary folder. Default: the system's. */
  readonly temporaryDirectory?: string | undefined
  /** Called about once a MiB while NAME_A.txt is read: bytes so far, all bytes. */
  readonly onProgress?: ((doneBytes: number, totalBytes: number) => void) | undefined
}
