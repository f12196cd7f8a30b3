import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findNeeds, javaMajor, missingNeeds } from '../../scripts/needs.mjs'

const everything = { node: '20.19.0', javaMajor: 17, maven: true }
const local = { localNeo4j: true }

describe('missingNeeds()', () => {
  it('is content with the oldest supported versions', () => {
    expect(missingNeeds(everything, local)).toEqual([])
  })

  it('names every missing thing at once, one sentence each, with the way to get it', () => {
    const sentences = missingNeeds({ node: '18.20.4', javaMajor: undefined, maven: false }, local)
    expect(sentences).toHaveLength(3)
    expect(sentences[0]).toMatch(/^Node 20 or later is needed, this is Node 18\.20\.4: get one from/)
    expect(sentences[1]).toMatch(/Java development kit 17 or later and there is none: install one with/)
    expect(sentences[2]).toMatch(/^Maven \(mvn\) is needed to fetch the local Neo4j: install it with/)
  })

  it('says which Java it found when it is too old', () => {
    const [sentence, ...rest] = missingNeeds({ ...everything, javaMajor: 11 }, local)
    expect(sentence).toMatch(/17 or later and the newest one here is 11/)
    expect(rest).toEqual([])
  })

  it('asks for neither Java nor Maven when a server is given', () => {
    const found = { node: '26.0.0', javaMajor: undefined, maven: false }
    expect(missingNeeds(found, { localNeo4j: false })).toEqual([])
  })
})

describe('javaMajor()', () => {
  const home = mkdtempSync(join(tmpdir(), 'smg-java-'))
  afterAll(() => rmSync(home, { recursive: true }))

  function install(release: string): string {
    const directory = mkdtempSync(join(home, 'jdk-'))
    mkdirSync(join(directory, 'bin'))
    writeFileSync(join(directory, 'bin', 'javac'), '', { mode: 0o755 })
    writeFileSync(join(directory, 'release'), release)
    return directory
  }

  it.each([
    ['IMPLEMENTOR="Debian"\nJAVA_VERSION="17.0.15"\n', 17],
    ['JAVA_VERSION="25"', 25],
    ['JAVA_VERSION="1.8.0_402"', 8],
    ['', undefined],
  ])('reads %j', (release, major) => {
    expect(javaMajor(install(release))).toBe(major)
  })

  it('does not count a Java without a compiler', () => {
    const directory = install('JAVA_VERSION="17.0.15"')
    rmSync(join(directory, 'bin', 'javac'))
    expect(javaMajor(directory)).toBeUndefined()
  })

  it('finds the one that JAVA_HOME names and the one on the path', () => {
    const [older, newer] = [install('JAVA_VERSION="998.0.1"'), install('JAVA_VERSION="999"')]
    expect(findNeeds({ JAVA_HOME: newer, PATH: join(older, 'bin') }).javaMajor).toBe(999)
    expect(findNeeds({ JAVA_HOME: older, PATH: join(newer, 'bin') }).javaMajor).toBe(999)
  })
})
