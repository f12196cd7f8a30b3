/** Graphs whose class has a known cause, and how a model is trained on them. */
import type { DirectedGraph, UndirectedGraph } from 'graphology'
import type { CreateModelOptions, TrainingSettings } from '../../src/index.ts'

export interface MaskData {
  readonly name: string
  readonly model: CreateModelOptions
  readonly training: TrainingSettings
  readonly graphs: readonly CausedGraph[]
}

export interface CausedGraph {
  readonly key: string
  /** Its target is an attribute of the graph. */
  readonly graph: DirectedGraph | UndirectedGraph
  /** The target as a class of TUDataset text. */
  readonly label: number
  /** Keys of the nodes that are the cause. */
  readonly cause: ReadonlySet<string>
  /** Columns of node labels of TUDataset text, for the nodes in their order; none where the degree is the only feature. [N][L] */
  readonly nodeLabels: readonly (readonly number[])[] | null
}

/** What masks, predictions and files call the nodes: their keys in the order of the graph. */
export function truthOf({ cause }: CausedGraph, nodeKeys: readonly string[]): boolean[] {
  return nodeKeys.map((node) => cause.has(node))
}
