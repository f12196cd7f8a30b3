/** `smg import`: a data set becomes graph nodes, their members, and the relationships between these. */
import { configText } from '../config/config-text.ts'
import { ConfigError } from '../errors.ts'
import type { Database } from '../neo4j/database.ts'
import { type CreateCounts, createGraphsInBatches } from './create-graphs.ts'
import { openDataset } from './open-dataset.ts'
import type { DatasetOptions, StoredDataset } from './stored-dataset.ts'

export interface ImportOptions extends Omit<DatasetOptions, 'onProgress'> {
  readonly onProgress?: ((phase: 'read' | 'import', done: number, total: number) => void) | undefined
}

export interface ImportResult extends Readonly<CreateCounts>, Pick<StoredDataset, 'report' | 'notes'> {
  readonly dataset: string
  /** A configuration that fits what was imported, as YAML with comments. */
  readonly config: string
}

/**
 * Imports a data set. Keys are `NAME-1`, `NAME-2`, …, so several data sets live side by side.
 *
 * @param path zip or folder in TUDataset form, or with the files of QM9
 * @throws SourceDataError naming file and line; ConfigError for names that clash, or options that are of QM9 alone
 */
export async function importDataset(database: Database, path: string, options: ImportOptions): Promise<ImportResult> {
  const { signal, onProgress } = options
  const dataset = await openDataset(path, {
    ...options,
    onProgress: (done, total) => onProgress?.('read', done, total),
  })
  try {
    const { name, shape, settings, report, notes, summary } = dataset
    if (shape.graphLabel === shape.nodeLabel || shape.commonLabel === shape.nodeLabel)
      throw new ConfigError(
        `Cannot import ${name}: expected different labels for graphs and nodes, got '${shape.nodeLabel}' for both`,
      )
    const counts = await createGraphsInBatches(database, shape, dataset.graphs(), {
      signal,
      onProgress: (done) => onProgress?.('import', done, dataset.graphCount),
    })
    const config = configText(settings, { header: [`${summary} All keys: docs/configuration.md of the package.`] })
    return { ...counts, dataset: name, report, notes, config }
  } finally {
    await dataset.close()
  }
}
