/** A TUDataset in the words of a database: names of labels, types and properties, and the configuration that they make. */
import type { TuColumns, TuDataset, TuGraph } from '../graph/tudataset-types.ts'
import type { GraphShape, KeyedGraph } from './create-graphs.ts'
import { projectionName } from './proposal/projection-name.ts'

export interface DatasetNames {
  /** Label of the graph nodes. Default: the data set's name, beside the label Graph. */
  readonly graphLabel?: string | undefined
  readonly nodeLabel?: string | undefined
  readonly membershipType?: string | undefined
  readonly relationshipType?: string | undefined
}

const graphKey = 'graphId'
export const datasetNodeKey = 'nodeId'

export function datasetShape(name: string, names: DatasetNames = {}): GraphShape {
  return {
    graphLabel: names.graphLabel ?? name,
    commonLabel: names.graphLabel ?? 'Graph',
    graphKey,
    nodeLabel: names.nodeLabel ?? 'Node',
    nodeKey: datasetNodeKey,
    membershipType: names.membershipType ?? 'PART_OF',
    relationshipType: names.relationshipType ?? 'EDGE',
  }
}

/** Keys are `NAME-1`, `NAME-2`, …, of graphs and of nodes. */
export function keyedGraph(name: string, graph: TuGraph): KeyedGraph {
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
      [datasetNodeKey]: `${name}-${id}`,
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
export function settingsFor(
  { name, columns, report }: Pick<TuDataset, 'name' | 'columns' | 'report'>,
  shape: GraphShape,
) {
  return {
    projection: {
      name: projectionName(name),
      graphLabel: shape.graphLabel,
      graphKey,
      nodeLabels: [shape.nodeLabel],
      nodeKey: datasetNodeKey,
      membershipType: shape.membershipType,
      relationshipTypes: [shape.relationshipType],
      orientation: report.directed ? 'NATURAL' : 'UNDIRECTED',
    },
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
