/** The graphs of one fold as a network sees them: the features fitted on its training part alone. */
import type { Config } from '../../config/schema.ts'
import type { ClassValue } from '../../graph/classes.ts'
import { createEdgeFitter } from '../../graph/edge-fitter.ts'
import type { EdgeSchema } from '../../graph/edge-schema.ts'
import { encodeGraph } from '../../graph/encode.ts'
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import type { FeatureSchema } from '../../graph/feature-schema.ts'
import { createFeatureFitter } from '../../graph/features.ts'
import { graphOfTable, type SubgraphTable } from '../../graph/rows.ts'
import type { Key } from '../../graph/subgraph.ts'
import { edgeOptions } from '../relationship-options.ts'
import type { FoldTask } from './protocol.ts'

/** Graphs to evaluate on, and what there is to learn of them. */
export interface EvaluationGraphs {
  readonly tables: ReadonlyMap<Key, SubgraphTable>
  /** None for a regression. */
  readonly classes: readonly ClassValue[]
  /** `null` for classes. [C] each */
  readonly numbers: ReadonlyMap<Key, readonly number[]> | null
}

export interface EncodedFold {
  readonly featureSchema: FeatureSchema
  readonly edgeSchema: EdgeSchema | undefined
  readonly train: readonly EncodedGraph[]
  readonly validation: readonly EncodedGraph[]
  readonly test: readonly EncodedGraph[]
}

/** @throws SourceDataError naming graph and members whose values cannot be encoded */
export function encodeFold(
  { tables, classes, numbers }: EvaluationGraphs,
  { train, validation, test }: Pick<FoldTask, 'train' | 'validation' | 'test'>,
  config: Config,
): EncodedFold {
  const { orientation } = config.projection
  const features = createFeatureFitter({ ...config, orientation })
  const edges = createEdgeFitter(edgeOptions(config))
  for (const key of train) {
    const source = graphOfTable(tableOf(tables, key))
    features.add(source)
    edges.add(source)
  }
  const featureSchema = features.finish()
  const edgeSchema = edges.finish()
  const part = (keys: readonly Key[]) =>
    keys.map((key) => {
      const source = graphOfTable(tableOf(tables, key))
      const { encoded } = encodeGraph(source, featureSchema, { orientation, classes, edgeSchema })
      return { ...encoded, targets: numbers?.get(key) ?? null }
    })
  return { featureSchema, edgeSchema, train: part(train), validation: part(validation), test: part(test) }
}

function tableOf(tables: ReadonlyMap<Key, SubgraphTable>, key: Key): SubgraphTable {
  const table = tables.get(key)
  if (table === undefined)
    throw new RangeError(`Cannot evaluate: expected graph ${key}, got a fold with a graph that is not there`)
  return table
}
