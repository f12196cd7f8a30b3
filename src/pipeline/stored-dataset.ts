/** A data set on disk in the words of a database, whatever its form: its graphs, their names, and a fitting configuration. */
import type { Projection } from '../config/schema.ts'
import type { Qm9Report, Qm9Target } from '../graph/qm9-types.ts'
import type { TuReport } from '../graph/tudataset-types.ts'
import type { GraphShape, KeyedGraph } from './create-graphs.ts'

/** Keys of smg.config.yaml. */
export interface DatasetSettings {
  readonly [key: string]: unknown
  readonly model?: Readonly<Record<string, unknown>>
}

export interface StoredDataset {
  readonly name: string
  readonly shape: GraphShape
  /** Those that the data set decides. */
  readonly settings: DatasetSettings
  readonly report: TuReport | Qm9Report
  readonly graphCount: number
  /** What it holds, in a sentence. */
  readonly summary: string
  /** What was dropped or changed on the way, a sentence each. */
  readonly notes: readonly string[]
  /** In the order of their source; may be asked for again. */
  graphs(): AsyncIterable<KeyedGraph>
  close(): Promise<void>
}

export interface DatasetNames {
  /** Label of the graph nodes. Default: the data set's name, beside the label Graph, or Molecule */
  readonly graphLabel?: string | undefined
  readonly nodeLabel?: string | undefined
  readonly membershipType?: string | undefined
  readonly relationshipType?: string | undefined
}

/** What there is to choose of QM9 alone. */
export interface Qm9Choice {
  /** How many molecules, a seeded sample. Default: all */
  readonly limit?: number | undefined
  /** Of the sample. Default: 42 */
  readonly randomSeed?: number | undefined
  /** Property that the configuration learns. Default: mu */
  readonly target?: Qm9Target | undefined
}

export interface DatasetOptions extends Qm9Choice {
  readonly names?: DatasetNames
  readonly signal?: AbortSignal | undefined
  /** Called while the data set is read and checked: bytes so far, all bytes. */
  readonly onProgress?: ((doneBytes: number, totalBytes: number) => void) | undefined
}

/** With a graph label of the user's, graph nodes have no other. */
export function namedShape(shape: GraphShape, names: DatasetNames = {}): GraphShape {
  return {
    ...shape,
    graphLabel: names.graphLabel ?? shape.graphLabel,
    commonLabel: names.graphLabel ?? shape.commonLabel,
    nodeLabel: names.nodeLabel ?? shape.nodeLabel,
    membershipType: names.membershipType ?? shape.membershipType,
    relationshipType: names.relationshipType ?? shape.relationshipType,
  }
}

/** The projection that reads graphs of this shape. */
export function projectionOf(
  { graphLabel, graphKey, nodeLabel, nodeKey, membershipType, relationshipType }: GraphShape,
  { name, orientation }: Pick<Projection, 'name' | 'orientation'>,
) {
  return {
    name,
    graphLabel,
    graphKey,
    nodeLabels: [nodeLabel],
    nodeKey,
    membershipType,
    relationshipTypes: [relationshipType],
    orientation,
  }
}
