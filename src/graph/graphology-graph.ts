/** Reads graphology graphs of any kind (directed, undirected, mixed, multi) with attributes of any names. */
import type { GraphSource, Key, PropertyValue } from './subgraph.ts'

/** What is read of a graph. Every graphology graph fits, whatever the types of its attributes. */
export interface GraphologyGraph {
  /** Number of nodes, and of edges. */
  readonly order: number
  readonly size: number
  /** directed, undirected or mixed */
  readonly type: string
  getAttributes(): object
  nodes(): string[]
  hasNode(node: string): boolean
  getNodeAttributes(node: string): object
  forEachEdge(
    callback: (
      edge: string,
      attributes: object,
      source: string,
      target: string,
      sourceAttributes: object,
      targetAttributes: object,
      undirected: boolean,
    ) => void,
  ): void
}

/** An attribute to read. */
export interface AttributeReading {
  readonly attribute: string
  /** Whether its integers stand for categories rather than amounts. */
  readonly isCategory: boolean
}

export interface GraphReading {
  readonly key: Key
  readonly target: PropertyValue
  readonly nodeAttributes: readonly AttributeReading[]
  readonly edgeAttributes: readonly AttributeReading[]
}

/** A view of `graph`, no copy; nodes are in the order of their keys, so that the graph's own order does not matter. */
export function graphSource(graph: GraphologyGraph, reading: GraphReading): GraphSource {
  const { key, target, nodeAttributes, edgeAttributes } = reading
  const nodes = graph.nodes().sort()
  const none = { key: '', values: [] }
  return {
    key,
    target,
    graph: {
      order: graph.order,
      size: graph.size,
      type: graph.type,
      forEachNode(callback) {
        for (const node of nodes)
          callback(node, { key: node, values: valuesOf(graph.getNodeAttributes(node), nodeAttributes) })
      },
      forEachEdge(callback) {
        graph.forEachEdge((edge, attributes, from, to, _fromAttributes, _toAttributes, undirected) => {
          callback(edge, { values: valuesOf(attributes, edgeAttributes) }, from, to, none, none, undirected)
        })
      },
    },
  }
}

function valuesOf(attributes: object, readings: readonly AttributeReading[]): PropertyValue[] {
  return readings.map(({ attribute, isCategory }) => propertyValueOf(attributeOf(attributes, attribute), isCategory))
}

/** An attribute's value; `undefined` where it is missing. */
export function attributeOf(attributes: object, name: string): unknown {
  return Object.hasOwn(attributes, name) ? Reflect.get(attributes, name) : undefined
}

/** A value of JavaScript as one that can be encoded. Integers that stand for categories become INTEGERs. */
export function propertyValueOf(value: unknown, isCategory: boolean): PropertyValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return isCategory && Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean') return value
  if (Array.isArray(value) || isNumericArray(value))
    return Array.from(value, (item: unknown) => propertyValueOf(item, isCategory))
  return {
    type: typeof value === 'object' ? `an object (${value.constructor?.name ?? 'Object'})` : `a ${typeof value}`,
  }
}

function isNumericArray(value: unknown): value is Exclude<NodeJS.ArrayBufferView, DataView> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}
