import neo4j from 'neo4j-driver'
import { describe, expect, it } from 'vitest'
import { countSchema, keySchema, toJsonValue, toPropertyValue } from '../../src/neo4j/values.ts'

const { types } = neo4j
const date = new types.Date(2026, 1, 2)
const dateTime = new types.DateTime(2026, 1, 2, 3, 4, 5, 0, 3600)
const point = new types.Point(7203n, 1, 2)
const node = new types.Node(1, ['Case'], { id: 7n, name: 'x' }, 'n1')
const other = new types.Node(2, ['Case'], { id: 8n }, 'n2')
const relationship = new types.Relationship(3, 1, 2, 'PAID', { amount: 1.5 }, 'r3', 'n1', 'n2')

describe('toPropertyValue()', () => {
  it.each([
    ['text', 'text'],
    [7n, 7n],
    [1.5, 1.5],
    [Number.NaN, Number.NaN],
    [false, false],
    [null, null],
    [undefined, null],
    [
      [1n, 2.5, 'x'],
      [1n, 2.5, 'x'],
    ],
  ])('keeps %s', (value, expected) => {
    expect(toPropertyValue(value)).toEqual(expected)
  })

  it.each([
    ['DATE', date],
    ['ZONED DATETIME', dateTime],
    ['LOCAL DATETIME', new types.LocalDateTime(2026, 1, 2, 3, 4, 5, 0)],
    ['LOCAL TIME', new types.LocalTime(3, 4, 5, 0)],
    ['ZONED TIME', new types.Time(3, 4, 5, 0, 0)],
    ['DURATION', new types.Duration(1, 2, 3, 0)],
    ['POINT', point],
    ['BYTES', Int8Array.of(1, 2)],
  ])('names the type %s, which is no feature', (type, value) => {
    expect(toPropertyValue(value)).toEqual({ type })
    expect(toPropertyValue([value])).toEqual([{ type }])
  })
})

describe('toJsonValue()', () => {
  it('turns integers into numbers as long as they are exact, and into text beyond', () => {
    expect(toJsonValue([7n, -9007199254740991n, 9007199254740993n])).toEqual([7, -9007199254740991, '9007199254740993'])
  })

  it('shows nodes and relationships as their properties, and paths as both in turn', () => {
    expect(toJsonValue(node)).toEqual({ id: 7, name: 'x' })
    expect(toJsonValue(relationship)).toEqual({ amount: 1.5 })
    const path = new types.Path(node, other, [new types.PathSegment(node, relationship, other)])
    expect(toJsonValue(path)).toEqual([{ id: 7, name: 'x' }, { amount: 1.5 }, { id: 8 }])
  })

  it('writes dates and points as text, in maps and lists too', () => {
    expect(toJsonValue({ at: [date, dateTime], where: point })).toEqual({
      at: ['2026-01-02', '2026-01-02T03:04:05+01:00'],
      where: 'Point{srid=7203, x=1.0, y=2.0}',
    })
  })

  it('keeps text, numbers, truth values and null', () => {
    expect(toJsonValue({ a: 'x', b: 1.5, c: true, d: null })).toEqual({ a: 'x', b: 1.5, c: true, d: null })
  })
})

describe('countSchema', () => {
  it('reads an INTEGER as a number, and refuses what a number cannot hold', () => {
    expect(countSchema.parse(188n)).toBe(188)
    expect(countSchema.safeParse(9007199254740992n).error?.issues).toMatchObject([
      { message: 'expected an integer below 2^53, got 9007199254740992' },
    ])
    expect(countSchema.safeParse(188).success).toBe(false)
  })
})

describe('keySchema', () => {
  it('takes a STRING or an INTEGER', () => {
    expect([7n, 'm7', 7, null, true].map((value) => keySchema.safeParse(value).success)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
