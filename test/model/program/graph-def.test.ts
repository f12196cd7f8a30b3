import { describe, expect, it } from 'vitest'
import { type Attribute, type NodeDef, savedModelBytes } from '../../../src/model/program/graph-def.ts'

const node = (attributes: Readonly<Record<string, Attribute>>): NodeDef => ({
  name: 'a',
  op: 'B',
  inputs: [],
  attributes,
})

/** Whether `bytes` come one after the other in the SavedModel of one node. */
function hasBytes(attribute: Attribute, ...bytes: number[]): boolean {
  return Array.from(savedModelBytes([node({ v: attribute })]))
    .join(' ')
    .includes(bytes.join(' '))
}

describe('savedModelBytes()', () => {
  it('is a protocol buffer: version 1, the tag, the nodes, the graph version', () => {
    const text = (characters: string) => Array.from(characters, (character) => character.charCodeAt(0))
    const serve = [10, 7, 34, 5, ...text('serve')] // field 1: a message of field 4
    const oneNode = [10, 9, 10, 1, ...text('a'), 18, 1, ...text('B'), 26, 1, ...text('c')] // field 1: fields 1, 2 and 3
    const versions = [34, 3, 8, 0xda, 0x0e] // field 4: field 1 is 1882
    const graph = [18, oneNode.length + versions.length, ...oneNode, ...versions] // field 2
    const bytes = savedModelBytes([{ name: 'a', op: 'B', inputs: ['c'], attributes: {} }])
    expect([...bytes]).toEqual([8, 1, 18, serve.length + graph.length, ...serve, ...graph])
  })

  it('writes numbers from 128 on in several bytes, the low seven bits first', () => {
    expect(hasBytes({ int: 127 }, 24, 127)).toBe(true)
    expect(hasBytes({ int: 128 }, 24, 0x80, 1)).toBe(true)
    expect(hasBytes({ int: 300 }, 24, 0xac, 2)).toBe(true)
    expect(hasBytes({ int: 2 ** 40 }, 24, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20)).toBe(true)
  })

  it('writes an unknown size as -1 in 64 bits', () => {
    // a shape of two sides: any size, 5
    expect(hasBytes({ shape: [-1, 5] }, 58, 17, 18, 11, 8, ...Array(9).fill(255), 1, 18, 2, 8, 5)).toBe(true)
  })

  it('writes types and truth values', () => {
    expect(hasBytes({ type: 'float32' }, 18, 2, 48, 1)).toBe(true)
    expect(hasBytes({ type: 'int32' }, 18, 2, 48, 3)).toBe(true)
    expect(hasBytes({ type: 'int64' }, 18, 2, 48, 9)).toBe(true)
    expect(hasBytes({ bool: true }, 18, 2, 40, 1)).toBe(true)
    expect(hasBytes({ bool: false }, 18, 2, 40, 0)).toBe(true)
  })

  it('writes whole numbers as they lie in memory, with their shape', () => {
    // a tensor: type int32, shape [2], content
    const tensor = [8, 3, 18, 4, 18, 2, 8, 2, 34, 8, 7, 0, 0, 0, 255, 255, 255, 255]
    expect(hasBytes({ ints: Int32Array.of(7, -1), sides: [2] }, 66, tensor.length, ...tensor)).toBe(true)
  })

  it('writes lengths from 128 on in several bytes', () => {
    const name = 'n'.repeat(300)
    const bytes = savedModelBytes([{ name, op: 'B', inputs: [], attributes: {} }])
    expect([...bytes].join(' ')).toContain([10, 0xac, 2, ...Array(300).fill(110)].join(' '))
  })
})
