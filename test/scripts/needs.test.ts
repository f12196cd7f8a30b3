import { describe, expect, it } from 'vitest'
import { missingNeeds, parseJavaMajor } from '../../scripts/needs.mjs'

const everything = { node: '20.19.0', javaMajor: 17, javaCompiler: true, maven: true }
const local = { localNeo4j: true }

describe('missingNeeds()', () => {
  it('is content with the oldest supported versions', () => {
    expect(missingNeeds(everything, local)).toEqual([])
  })

  it('names every missing thing at once, one sentence each, with the way to get it', () => {
    const sentences = missingNeeds({ node: '18.20.4', javaMajor: undefined, javaCompiler: false, maven: false }, local)
    expect(sentences).toHaveLength(3)
    expect(sentences[0]).toMatch(/^Node 20 or later is needed, this is Node 18\.20\.4: get one from/)
    expect(sentences[1]).toMatch(/Java development kit 17 or later, and there is none: install it with/)
    expect(sentences[2]).toMatch(/^Maven \(mvn\) is needed to fetch the local Neo4j: install it with/)
  })

  it('says which Java it found when it is too old', () => {
    const [sentence, ...rest] = missingNeeds({ ...everything, javaMajor: 11 }, local)
    expect(sentence).toMatch(/needs Java 17 or later, this is Java 11/)
    expect(rest).toEqual([])
  })

  it('tells a Java without a compiler from no Java', () => {
    expect(missingNeeds({ ...everything, javaCompiler: false }, local)[0]).toMatch(/this Java has no compiler/)
  })

  it('asks for neither Java nor Maven when a server is given', () => {
    const found = { node: '26.0.0', javaMajor: undefined, javaCompiler: false, maven: false }
    expect(missingNeeds(found, { localNeo4j: false })).toEqual([])
  })
})

describe('parseJavaMajor()', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "25" 2025-09-16', 25],
    ['java version "1.8.0_402"', 8],
    ['The operation could not be completed. Unable to locate a Java Runtime.', undefined],
  ])('reads %s', (output, major) => {
    expect(parseJavaMajor(output)).toBe(major)
  })
})
