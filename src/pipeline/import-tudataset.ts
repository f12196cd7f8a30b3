/** `smg import`: a TUDataset folder or zip becomes (:Node)-[:PART_OF]->(:Graph) and (:Node)-[:EDGE]->(:Node). */
import { configText } from '../config/config-text.ts'
import { ConfigError } from '../errors.ts'
import { openTuDataset } from '../graph/tudataset.ts'
import type { TuDataset, TuReport } from '../graph/tudataset-types.ts'
import type { Database } from '../neo4j/database.ts'
import { type CreateCounts, createGraphsInBatches, type GraphShape, type KeyedGraph } from './create-graphs.ts'
import { type DatasetNames, datasetShape, keyedGraph, settingsFor } from './tudataset-graph.ts'

export interface ImportOptions {
  readonly names?: DatasetNames
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((phase: 'read' | 'import', done: number, total: number) => void) | undefined
}

export interface ImportResult extends Readonly<CreateCounts> {
  readonly dataset: string
  readonly report: TuReport
  /** A configuration that fits what was imported, as YAML with comments. */
  readonly config: string
}

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
    const shape = datasetShape(dataset.name, names)
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

function configFor(dataset: TuDataset, shape: GraphShape): string {
  const { name, report } = dataset
  return configText(settingsFor(dataset, shape), {
    header: [
      `${name}: ${report.graphs} graphs, ${report.nodes} nodes, ${report.edges} edges. All keys: see the README.`,
    ],
  })
}
