import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import { defaultNeo4jVersion, javaRange, releaseLine } from '../../src/local-neo4j/neo4j-version.ts'

describe('defaultNeo4jVersion()', () => {
  it('is a release of the 5.26 line', () => {
    expect(releaseLine(defaultNeo4jVersion())).toBe('5.26')
  })
})

describe('releaseLine()', () => {
  it('keeps patch releases, and the releases of one year, together', () => {
    expect(releaseLine('5.26.0')).toBe(releaseLine('5.26.30'))
    expect(releaseLine('2026.01.3')).toBe('2026')
    expect(releaseLine('2026.08.1')).toBe('2026')
  })

  it.each(['5.26', '2026.08', 'latest', '5.26.30-SNAPSHOT', '../../5.26.30', ''])(
    'refuses %j as a version',
    (version) => {
      expect(() => releaseLine(version)).toThrow(ConfigError)
    },
  )

  it.each(['5.25.9', '4.4.0'])('refuses %s as too old', (version) => {
    expect(() => releaseLine(version)).toThrow(`Cannot use Neo4j version ${version}: expected 5.26.0 or newer`)
  })
})

describe('javaRange()', () => {
  it('is 17 to 21 for 5.26 and 21 to 25 for calendar versions', () => {
    expect(javaRange('5.26.30')).toEqual({ minimum: 17, newest: 21 })
    expect(javaRange('2026.08.1')).toEqual({ minimum: 21, newest: 25 })
  })
})
