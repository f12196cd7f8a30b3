/** Records operations as the nodes of a TensorFlow graph instead of running them. */
import type { Attribute, DataType, NodeDef } from './graph-def.ts'

/** An output of a node that is yet to be computed: it stands where a tensor would. */
export class GraphValue {
  readonly builder: GraphBuilder
  /** "name", or "name:1". */
  readonly name: string
  /** -1: any size. */
  readonly shape: readonly number[]

  constructor(builder: GraphBuilder, name: string, shape: readonly number[]) {
    this.builder = builder
    this.name = name
    this.shape = shape
  }
}

export interface GraphBuilder {
  readonly nodes: readonly NodeDef[]
  /** Something that is given for each run. */
  placeholder(type: DataType, shape: readonly number[]): GraphValue
  /** Whole numbers that are part of the graph. */
  constant(ints: readonly number[], sides: readonly number[]): GraphValue
  /** A node with `shapes.length` outputs. */
  add(
    op: string,
    inputs: readonly GraphValue[],
    attributes: Readonly<Record<string, Attribute>>,
    shapes: readonly (readonly number[])[],
  ): GraphValue[]
}

export function createGraphBuilder(): GraphBuilder {
  const nodes: NodeDef[] = []
  const constants = new Map<string, GraphValue>()
  const builder: GraphBuilder = {
    nodes,
    placeholder: (type, shape) => first(builder.add('Placeholder', [], { dtype: { type }, shape: { shape } }, [shape])),
    constant(ints, sides) {
      const key = `${ints}/${sides}`
      const value = { ints: Int32Array.from(ints), sides }
      const made = constants.get(key) ?? first(builder.add('Const', [], { dtype: { type: 'int32' }, value }, [sides]))
      constants.set(key, made)
      return made
    },
    add(op, inputs, attributes, shapes) {
      const name = `n${nodes.length}`
      nodes.push({ name, op, inputs: inputs.map((input) => input.name), attributes })
      return shapes.map((shape, i) => new GraphValue(builder, i === 0 ? name : `${name}:${i}`, shape))
    },
  }
  return builder
}

function first(values: readonly GraphValue[]): GraphValue {
  const [value] = values
  if (value === undefined) throw new RangeError('Cannot build a graph: expected a node with an output')
  return value
}
