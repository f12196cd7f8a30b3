/** A TUDataset in the words of a database: names of labels, types and properties, and the configuration that they make. */
import { openTuDataset } from '../graph/tudataset.ts'
import type { TuColumns, TuDataset, TuGraph, TuReport } from '../graph/tudataset-types.ts'
import type { GraphShape, KeyedGraph } from './create-graphs.ts'
import { projectionName } from './proposal/projection-name.ts'
import {
  type DatasetOptions,
  type DatasetSettings,
  namedShape,
  projectionOf,
  type StoredDataset,
} from './stored-dataset.ts'

const graphKey = 'graphId'
const nodeKey = 'nodeId'

export async function storedTuDataset(path: string, options: DatasetOptions): Promise<StoredDataset> {
  const dataset = await openTuDataset(path, options)
  const { name, report } = dataset
  const shape = namedShape(defaultShape(name), options.names)
  return {
    name,
    shape,
    settings: settingsFor(dataset, shape),
    report,
    graphCount: report.graphs,
    summary: `${name}: ${report.graphs} graphs, ${report.nodes} nodes, ${report.edges} edges.`,
    notes: notesOn(report),
    graphs: async function* () {
      for await (const graph of dataset.graphs()) yield keyedGraph(name, graph)
    },
    close: () => dataset.close(),
  }
}

function defaultShape(name: string): GraphShape {
  return {
    graphLabel: name,
    commonLabel: 'Graph',
    graphKey,
    nodeLabel: 'Node',
    nodeKey,
    membershipType: 'PART_OF',
    relationshipType: 'EDGE',
  }
}

/** Keys are `NAME-1`, `NAME-2`, …, of graphs and of nodes. */
function keyedGraph(name: string, graph: TuGraph): KeyedGraph {
  const key = `${name}-${graph.id}`
  const first = graph.nodes[0]?.id ?? 0
  return {
    key,
    properties: {
      [graphKey]: key,
      ...(graph.label !== null && { label: graph.label }),
      ...(graph.attributes.length > 0 && { attributes: graph.attributes }),
    },
    members: graph.nodes.map(({ id, labels, attributes }) => ({
      [nodeKey]: `${name}-${id}`,
      ...numbered('label', labels),
      ...(attributes.length > 0 && { attributes }),
    })),
    relationships: graph.edges.map(({ source, target, labels, attributes }) => [
      BigInt(source - first),
      BigInt(target - first),
      { ...numbered('label', labels), ...(attributes.length > 0 && { attributes }) },
    ]),
  }
}

/** One column is `label`, several are `label1`, `label2`, … */
function numbered(name: string, values: readonly bigint[]): Record<string, bigint> {
  return Object.fromEntries(values.map((value, i) => [numberedName(name, i, values.length), value]))
}

function numberedName(name: string, index: number, count: number): string {
  return count === 1 ? name : `${name}${index + 1}`
}

/** The keys of smg.config.yaml that the data set decides. */
function settingsFor({ name, columns, report }: TuDataset, shape: GraphShape): DatasetSettings {
  return {
    projection: projectionOf(shape, {
      name: projectionName(name),
      orientation: report.directed ? 'NATURAL' : 'UNDIRECTED',
    }),
    featureProperties: featuresOf(columns),
    targetProperty: 'label',
    model: { modelName: name },
  }
}

/** Without labels and attributes the list is empty, and the degree serves as feature. */
function featuresOf(columns: TuColumns): { property: string; encoding: string }[] {
  const labels = Array.from({ length: columns.nodeLabels }, (_, i) => ({
    property: numberedName('label', i, columns.nodeLabels),
    encoding: 'oneHot',
  }))
  return columns.nodeAttributes > 0 ? [...labels, { property: 'attributes', encoding: 'standardize' }] : labels
}

function notesOn(report: TuReport): string[] {
  const { edgeLines, duplicateEdges, selfLoops, directed, isolatedNodes, emptyGraphs } = report
  return [
    `Of ${edgeLines} edge lines, dropped: ${duplicateEdges} duplicates, ${selfLoops} self-loops. ${directed ? 'The rest is kept as directed edges.' : 'Both directions of an edge became one relationship.'}`,
    `${isolatedNodes} nodes without an edge, ${emptyGraphs} graphs without nodes.`,
  ]
}
