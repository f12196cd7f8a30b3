/**
 * TensorFlow's graph format: the bytes of a SavedModel protocol buffer for a list of nodes.
 * (tensorflow/core/protobuf/saved_model.proto, core/framework/{graph,node_def,attr_value,tensor}.proto; the wire format is
 * https://protobuf.dev/programming-guides/encoding)
 */

export type DataType = 'float32' | 'int32' | 'int64'

export type Attribute =
  | { readonly type: DataType }
  | { readonly bool: boolean }
  | { readonly int: number }
  /** -1: any size */
  | { readonly shape: readonly number[] }
  | { readonly ints: Int32Array; readonly sides: readonly number[] }

export interface NodeDef {
  readonly name: string
  readonly op: string
  /** "name", or "name:1" for the second output. */
  readonly inputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** The tag under which the graph is found in the SavedModel. */
export const savedModelTag = 'serve'

/** The bytes of `saved_model.pb`. */
export function savedModelBytes(nodes: readonly NodeDef[]): Uint8Array {
  const versions = message(4, field(1, graphProducer))
  const graph = message(2, [...nodes.map((node) => message(1, nodeDef(node))), versions].flat())
  const info = message(1, text(4, savedModelTag))
  return Uint8Array.from([...field(1, 1), ...message(2, [...info, ...graph])])
}

/** A graph version that TensorFlow 2.x both reads and finds recent. */
const graphProducer = 1882

function nodeDef({ name, op, inputs, attributes }: NodeDef): number[] {
  const attrs = Object.entries(attributes).map(([key, value]) =>
    message(5, [...text(1, key), ...message(2, attributeValue(value))]),
  )
  return [text(1, name), text(2, op), ...inputs.map((input) => text(3, input)), ...attrs].flat()
}

function attributeValue(value: Attribute): number[] {
  if ('type' in value) return field(6, dataTypes[value.type])
  if ('bool' in value) return field(5, value.bool ? 1 : 0)
  if ('int' in value) return field(3, value.int)
  if ('shape' in value) return message(7, shapeProto(value.shape))
  const { ints, sides } = value
  const content = new Uint8Array(ints.buffer, ints.byteOffset, ints.byteLength)
  return message(8, [...field(1, dataTypes.int32), ...message(2, shapeProto(sides)), ...message(4, [...content])])
}

const dataTypes: Readonly<Record<DataType, number>> = { float32: 1, int32: 3, int64: 9 }

function shapeProto(sides: readonly number[]): number[] {
  return sides.flatMap((size) => message(2, field(1, size)))
}

/** A field of a whole number. */
function field(number: number, value: number): number[] {
  return [...varint(number << 3), ...(value < 0 ? minusOne : varint(value))]
}

/** A field of bytes: text, or a message in turn. */
function message(number: number, content: readonly number[]): number[] {
  return [...varint((number << 3) | 2), ...varint(content.length), ...content]
}

function text(number: number, value: string): number[] {
  return message(number, [...new TextEncoder().encode(value)])
}

function varint(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) | 128)
  }
}

/** -1 as a 64-bit varint, the only negative number there is here: an unknown size. */
const minusOne = [255, 255, 255, 255, 255, 255, 255, 255, 255, 1]
