import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import { graphPage } from '../../src/neo4j/catalogue.ts'
import { fillIdentifiers, readStatement } from '../../src/neo4j/statement.ts'

describe('fillIdentifiers()', () => {
  it('quotes names, and joins several by |', () => {
    const text = 'MATCH (n:{{labels}})-[:{{type}}]->() RETURN n.{{key}}, n.{{key}} AS again, $key'
    expect(fillIdentifiers(text, { labels: ['A', 'B c'], type: 'T', key: 'k`y' }, 'find')).toBe(
      'MATCH (n:`A`|`B c`)-[:`T`]->() RETURN n.`k``y`, n.`k``y` AS again, $key',
    )
  })

  it('does not look for places in the names that it fills in', () => {
    expect(fillIdentifiers('{{a}} {{b}}', { a: '{{b}}', b: '$&' }, 'find')).toBe('`{{b}}` `$&`')
  })

  it('refuses names that cannot be quoted', () => {
    expect(() => fillIdentifiers('{{a}}', { a: 'x\n' }, 'find')).toThrow(ConfigError)
  })

  it('puts in statements of the user as they are, but for their last semicolons', () => {
    const text = 'CALL () {\n<<query>>\n}\nRETURN n.{{key}}'
    const query = { cypher: "MATCH (n {a: ';'}) // {{key}} <<query>> $&\nRETURN n ; \n;" }
    expect(fillIdentifiers(text, { query, key: 'k' }, 'find')).toBe(
      "CALL () {\nMATCH (n {a: ';'}) // {{key}} <<query>> $&\nRETURN n\n}\nRETURN n.`k`",
    )
    const comment = { cypher: 'RETURN 1 AS n // the last; line' }
    expect(fillIdentifiers('{\n<<query>>\n}', { query: comment }, 'find')).toBe('{\nRETURN 1 AS n // the last; line\n}')
  })

  it('takes no statement for a name, and no name for a statement', () => {
    expect(() => fillIdentifiers('{{a}}', { a: { cypher: 'RETURN 1' } }, 'find')).toThrow(TypeError)
    expect(() => fillIdentifiers('<<a>>', { a: 'RETURN 1' }, 'find')).toThrow(TypeError)
  })

  it('reports a place without a name, and a name without a place, as mistakes of the program', () => {
    expect(() => fillIdentifiers('{{a}}', {}, 'find')).toThrow(
      new TypeError('Cannot fill {{a}} of cypher/find.cypher: no value given'),
    )
    expect(() => fillIdentifiers('{{a}}', { a: 'A', b: 'B', c: 'C' }, 'find')).toThrow(
      new TypeError('Cannot fill cypher/find.cypher: it has no {{b}}, {{c}}'),
    )
  })
})

describe('statement()', () => {
  it('renders its file without the header', () => {
    const names = { graphLabel: 'Case', graphKey: 'id', targetProperty: 'y', fingerprintProperty: 'f' }
    expect(graphPage.render(names)).toBe(`MATCH (g:\`Case\`)
WHERE g.\`id\` >= $from
RETURN
  g.\`id\` AS key,
  g.\`y\` AS target,
  g.\`f\` AS fingerprint,
  CASE
    WHEN g[$changedSinceProperty] IS :: ZONED DATETIME NOT NULL THEN g[$changedSinceProperty] >= g[$scoredAtProperty]
  END AS touched,
  CASE
    WHEN NOT g[$changedSinceProperty] IS :: ZONED DATETIME THEN valueType(g[$changedSinceProperty])
  END AS strayType
ORDER BY key
LIMIT $limit
`)
  })
})

describe('readStatement()', () => {
  it('refuses another mode than the header says', () => {
    expect(() => readStatement('graph-page', 'write')).toThrow(
      new TypeError('Cannot use cypher/graph-page.cypher as write: its header says mode read'),
    )
  })
})
