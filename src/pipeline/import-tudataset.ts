/** `smg import`: a TUDataset folder or zip becomes (:Node)-[:PART_OF]->(:Graph) and (:Node)-[:EDGE]->(:Node). */
import { configText } from '../config/config-text.ts'
import { ConfigError } from '../errors.ts'
import { openTuDataset } from '../graph/tudataset.ts'
import type { TuColumns, TuDataset, TuGraph, TuReport } from '../graph/tudataset-types.ts'
import type { Database } from '../neo4j/database.ts'
import { type CreateCounts, createGraphsInBatches, type GraphShape, type KeyedGraph } from './create-graphs.ts'
import { projectionName } from './proposal/projection-name.ts'

export interface ImportNames {
  /** Label of the graph nodes. Default: the data set's name, beside the label Graph. */
  readonly graphLabel?: string | undefined
  readonly nodeLabel?: string | undefined
  readonly membershipType?: string | undefined
  readonly relationshipType?: string | undefined
}

export interface ImportOptions {
  readonly names?: ImportNames
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((phase: 'read' | 'import', done: number, total: number) => void) | undefined
}

export interface ImportResult extends Readonly<CreateCounts> {
  readonly dataset: string
  readonly report: TuReport
  /** A configuration that fits what was imported, as YAML with comments. */
  readonly config: string
}

const graphKey = 'graphId'
const nodeKey = 'nodeId'

/**
 * Imports a data set. Keys are `NAME-1`, `NAME-2`, …, so several data sets live side by side.
 *
 * @param path zip or folder in TUDataset form
 * @throws SourceDataError naming file and line; ConfigError for names that clash
 */
export async function importTuDataset(database: Database, path: string, options: ImportOptions): Promise<ImportResult> {
  const { signal, onProgress, names = {} } = options
  const dataset = await openTuDataset(path, { signal, onProgress: (done, total) => onProgress?.('read', done, total) })
  try {
    const shape: GraphShape = {
      graphLabel: names.graphLabel ?? dataset.name,
      commonLabel: names.graphLabel ?? 'Graph',
      graphKey,
      nodeLabel: names.nodeLabel ?? 'Node',
      nodeKey,
      membershipType: names.membershipType ?? 'PART_OF',
      relationshipType: names.relationshipType ?? 'EDGE',
    }
    if (shape.graphLabel === shape.nodeLabel || shape.commonLabel === shape.nodeLabel)
      throw new ConfigError(
        `Cannot import ${dataset.name}: expected different labels for graphs and nodes, got '${shape.nodeLabel}' for both`,
      )
    const counts = await createGraphsInBatches(database, shape, keyedGraphs(dataset), {
      signal,
      onProgress: (done) => onProgress?.('import', done, dataset.report.graphs),
    })
    return { ...counts, dataset: dataset.name, report: dataset.report, config: configFor(dataset, shape) }
  } finally {
    await dataset.close()
  }
}

async function* keyedGraphs(dataset: TuDataset): AsyncGenerator<KeyedGraph> {
  for await (const graph of dataset.graphs()) yield keyedGraph(dataset.name, graph)
}

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

function configFor({ name, columns, report }: TuDataset, shape: GraphShape): string {
  const settings = {
    projection: {
      name: projectionName(name),
      graphLabel: shape.graphLabel,
      graphKey,
      nodeLabels: [shape.nodeLabel],
      nodeKey,
      membershipType: shape.membershipType,
      relationshipTypes: [shape.relationshipType],
      orientation: report.directed ? 'NATURAL' : 'UNDIRECTED',
    },
    featureProperties: featuresOf(columns),
    targetProperty: 'label',
    model: { modelName: name },
  }
  return configText(settings, {
    header: [
      `${name}: ${report.graphs} graphs, ${report.nodes} nodes, ${report.edges} edges. All keys: see the README.`,
    ],
  })
}

/** Without labels and attributes the list is empty, and the degree serves as feature. */
function featuresOf(columns: TuColumns): { property: string; encoding: string }[] {
  const labels = Array.from({ length: columns.nodeLabels }, (_, i) => ({
    property: numberedName('label', i, columns.nodeLabels),
    encoding: 'oneHot',
  }))
  return columns.nodeAttributes > 0 ? [...labels, { property: 'attributes', encoding: 'standardize' }] : labels
}
