import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import { plainOrQuoted, quoteIdentifier } from '../../src/neo4j/identifiers.ts'

describe('quoteIdentifier()', () => {
  it.each([
    ['Case', '`Case`'],
    ['two words', '`two words`'],
    ['a`b', '`a``b`'],
    ['``', '``````'],
    ["it's {{x}} $y", "`it's {{x}} $y`"],
    ['Größe 🙂', '`Größe 🙂`'],
    ['C:\\data', '`C:\\data`'],
    ['n) DETACH DELETE n //', '`n) DETACH DELETE n //`'],
  ])('puts %j in backticks', (name, quoted) => {
    expect(quoteIdentifier(name)).toBe(quoted)
  })

  it.each([
    ['', 'Cannot use an empty name as label, type or property: give it a name'],
    ['a\nb', 'Cannot use the name "a\\nb": expected no control characters; rename it'],
    ['a\u0000', 'Cannot use the name "a\\u0000": expected no control characters; rename it'],
    ['a\u0085', expect.stringContaining('expected no control characters')],
    ['\\u0060', 'Cannot use the name "\\\\u0060": expected no \\u escape; rename it'],
    ['\\U0060', expect.stringContaining('expected no \\u escape')],
    ['x'.repeat(1001), `Cannot use the name "${'x'.repeat(60)}"…: expected at most 1000 characters, got 1001`],
  ])('refuses %j', (name, message) => {
    expect(() => quoteIdentifier(name)).toThrow(expect.objectContaining({ message, exitCode: 2 }))
    expect(() => quoteIdentifier(name)).toThrow(ConfigError)
  })

  it('never lets a name end its quotes: between them every backtick is doubled, and undoubled they give the name', () => {
    const names = fc.string({ unit: fc.constantFrom('`', 'a', '\\', "'", '"', '🙂'), minLength: 1 })
    fc.assert(
      fc.property(names, (name) => {
        const quoted = quoteIdentifier(name)
        const inside = quoted.slice(1, -1)
        expect([quoted.at(0), quoted.at(-1)]).toEqual(['`', '`'])
        expect(inside.replaceAll('``', '')).not.toContain('`')
        expect(inside.replaceAll('``', '`')).toBe(name)
      }),
    )
  })
})

describe('plainOrQuoted()', () => {
  it('quotes only what needs it', () => {
    expect(['Case', '_x1', '1st', 'MEMBER-OF', 'größe'].map(plainOrQuoted)).toEqual([
      'Case',
      '_x1',
      '`1st`',
      '`MEMBER-OF`',
      '`größe`',
    ])
  })
})
