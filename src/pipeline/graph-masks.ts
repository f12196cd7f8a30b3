/**
 * Masks that are given instead of learned, by the keys of nodes: what if these nodes were not there, what if there were
 * only those (Lemma 3.1 and Theorem 3.2 of the paper), or one subgraph per layer (section 3.2).
 */
import { didYouMean } from '../config/nearest.ts'
import { ConfigError } from '../errors.ts'
import type { GraphologyGraph } from '../graph/graphology-graph.ts'
import { type GivenMasks, masksWithout, subgraphMasks } from '../model/preassigned.ts'

/** From 0, which removes the node and its edges from a layer, to 1, which keeps it; learned: as the network decides. */
export type NodeMask = number | 'learned'

/** By node key: one mask for all layers, or one for each [K]. Nodes that are not in it are learned. */
export type NodeMasks = ReadonlyMap<string, NodeMask | readonly NodeMask[]>

/** The same for all graphs, or what a function says of each; `undefined` leaves a graph to the network. */
export type PerGraph<T, G extends GraphologyGraph> = T | ((graph: G, key: string) => T | undefined)

/** One of them at most. Every node that is named has to be there in each graph. */
export interface MaskOptions<G extends GraphologyGraph = GraphologyGraph> {
  /**
   * Nodes with mask 0 in every layer: neither they nor their edges reach the embedding. The other masks are learned, and the
   * mask networks still know how many neighbours there are (the bias of L2 in equation 4).
   */
  readonly without?: PerGraph<readonly string[], G> | undefined
  /** Mask 1 on these nodes, 0 on all others: what the subgraph that they induce would get alone, with all its masks 1. */
  readonly onlySubgraph?: PerGraph<readonly string[], G> | undefined
  /** The same with other nodes in each layer, first layer first. [K] */
  readonly subgraphStack?: PerGraph<readonly (readonly string[])[], G> | undefined
  /** Any masks. */
  readonly masks?: PerGraph<NodeMasks, G> | undefined
}

export interface MaskedGraph<G extends GraphologyGraph> {
  readonly graph: G
  readonly key: string
  /** [N] */
  readonly nodeKeys: readonly string[]
  /** Layers of the network, K. */
  readonly layers: number
}

/**
 * The given masks of a graph [K, N]; `undefined` where all are learned.
 *
 * @throws ConfigError if a node is named that the graph does not have, or masks for another number of layers
 */
export function givenMasksOf<G extends GraphologyGraph>(
  { without, onlySubgraph, subgraphStack, masks }: MaskOptions<G>,
  of: MaskedGraph<G>,
): GivenMasks | undefined {
  const leftOut = resolved(without, of)
  if (leftOut !== undefined) return masksWithout(membersOf(leftOut, of), of.layers)
  const inside = resolved(onlySubgraph, of)
  if (inside !== undefined) return subgraphMasks(membersOf(inside, of), of.layers)
  const stack = resolved(subgraphStack, of)
  if (stack !== undefined) return stackedMasks(stack, of)
  const given = resolved(masks, of)
  return given === undefined ? undefined : masksByNode(given, of)
}

/** Whether masks are given at all. */
export function hasMasks<G extends GraphologyGraph>(options: MaskOptions<G>): boolean {
  const { without, onlySubgraph, subgraphStack, masks } = options
  return [without, onlySubgraph, subgraphStack, masks].some((given) => given !== undefined)
}

function resolved<T, G extends GraphologyGraph>(
  value: PerGraph<T, G> | undefined,
  { graph, key }: MaskedGraph<G>,
): T | undefined {
  return isFunction(value) ? value(graph, key) : value
}

function isFunction<T, G extends GraphologyGraph>(
  value: PerGraph<T, G> | undefined,
): value is (graph: G, key: string) => T | undefined {
  return typeof value === 'function'
}

/** Whether each node is among `nodes`. [N] */
function membersOf(nodes: readonly string[], of: Omit<MaskedGraph<GraphologyGraph>, 'layers'>): boolean[] {
  requireNodes(nodes, of)
  const wanted = new Set(nodes)
  return of.nodeKeys.map((node) => wanted.has(node))
}

function stackedMasks(stack: readonly (readonly string[])[], of: MaskedGraph<GraphologyGraph>): GivenMasks {
  if (stack.length !== of.layers)
    throw new ConfigError(
      `Cannot stack subgraphs of graph ${of.key}: expected ${of.layers}, one for each layer, got ${stack.length}`,
    )
  return Float32Array.from(stack.flatMap((nodes) => Array.from(subgraphMasks(membersOf(nodes, of), 1))))
}

function masksByNode(given: NodeMasks, of: MaskedGraph<GraphologyGraph>): GivenMasks {
  requireNodes([...given.keys()], of)
  const { nodeKeys, layers } = of
  const result = new Float32Array(layers * nodeKeys.length).fill(Number.NaN)
  nodeKeys.forEach((node, v) => {
    const masks = given.get(node) ?? 'learned'
    if (typeof masks === 'object' && masks.length !== layers)
      throw new ConfigError(
        `Cannot mask node ${node} of graph ${of.key}: expected ${layers} masks, one for each layer, got ${masks.length}`,
      )
    for (let k = 0; k < layers; k++) {
      const mask = typeof masks === 'object' ? (masks[k] ?? 'learned') : masks
      if (mask === 'learned') continue
      if (!(mask >= 0 && mask <= 1))
        throw new ConfigError(`Cannot mask node ${node} of graph ${of.key}: expected a mask from 0 to 1, got ${mask}`)
      result[k * nodeKeys.length + v] = mask
    }
  })
  return result
}

function requireNodes(
  nodes: readonly string[],
  { graph, key, nodeKeys }: Omit<MaskedGraph<GraphologyGraph>, 'layers'>,
): void {
  const unknown = nodes.find((node) => !graph.hasNode(node))
  if (unknown !== undefined)
    throw new ConfigError(
      `Cannot mask node ${unknown} of graph ${key}: expected one of its nodes${didYouMean(unknown, nodeKeys)}`,
    )
}
