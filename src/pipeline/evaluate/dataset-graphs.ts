/** The graphs of a data set as a projection of them would be read, after `smg import` and without a database. */
import { parseConfig } from '../../config/load.ts'
import type { Config } from '../../config/schema.ts'
import { attributeOf, propertyValueOf } from '../../graph/graphology-graph.ts'
import { type SubgraphTable, subgraphTable } from '../../graph/rows.ts'
import type { KeyedGraph } from '../create-graphs.ts'
import { openDataset } from '../open-dataset.ts'
import { relationshipType, wantedProperties } from '../relationship-options.ts'
import type { DatasetOptions, DatasetSettings } from '../stored-dataset.ts'

export interface LabelledGraphs {
  readonly config: Config
  /** Those with a target, in the order of their source. */
  readonly graphs: readonly SubgraphTable[]
}

/**
 * @param path zip or folder in TUDataset form, or with the files of QM9
 * @param settings keys of smg.config.yaml to use instead of those that the data set decides
 * @throws SourceDataError naming file and line where the data is wrong; ConfigError for settings that do not fit
 */
export async function readDatasetGraphs(
  path: string,
  settings: DatasetSettings = {},
  options: DatasetOptions = {},
): Promise<LabelledGraphs> {
  const dataset = await openDataset(path, options)
  try {
    const own = dataset.settings
    const config = parseConfig({ ...own, ...settings, model: { ...own.model, ...settings.model } }, path)
    const graphs: SubgraphTable[] = []
    for await (const graph of dataset.graphs()) graphs.push(tableOf(graph, dataset.shape.nodeKey, config))
    return { config, graphs: graphs.filter(({ target }) => target !== null) }
  } finally {
    await dataset.close()
  }
}

function tableOf(
  { key, properties, members, relationships }: KeyedGraph,
  nodeKey: string,
  config: Config,
): SubgraphTable {
  const wanted = wantedProperties(config)
  const column = (rows: readonly object[], name: string) =>
    rows.map((row) => propertyValueOf(attributeOf(row, name), false))
  const keys = column(members, nodeKey)
  const edges = relationships.map(([, , values]) => values)
  return subgraphTable({
    key,
    target: propertyValueOf(attributeOf(properties, config.targetProperty), false),
    members: keys,
    memberColumns: wanted.properties.map((name) => column(members, name)),
    shared: [],
    sources: relationships.map(([source]) => keys[Number(source)] ?? null),
    targets: relationships.map(([, target]) => keys[Number(target)] ?? null),
    relationshipColumns: [
      ...(wanted.weightProperty === null ? [] : [column(edges, wanted.weightProperty)]),
      ...(wanted.withType ? [edges.map(() => relationshipType)] : []),
      ...wanted.relationshipProperties.map((name) => column(edges, name)),
    ],
  })
}
