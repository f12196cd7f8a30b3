import { describe, expect, it } from 'vitest'
import { DatabaseError } from '../../src/errors.ts'
import { chooseJava, findJava, parseJavaMajor } from '../../src/local-neo4j/java.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

const java = (major: number) => ({ home: `/java/${major}`, major })

describe('chooseJava()', () => {
  it('takes the first within the range', () => {
    expect(chooseJava([java(11), java(25), java(21), java(17)], { minimum: 17, newest: 21 })).toEqual(java(21))
  })

  it('takes a newer one only when nothing else is there', () => {
    expect(chooseJava([java(11), java(25)], { minimum: 17, newest: 21 })).toEqual(java(25))
  })

  it('takes none that is too old', () => {
    expect(chooseJava([java(11), java(17)], { minimum: 21, newest: 25 })).toBeUndefined()
  })
})

describe('parseJavaMajor()', () => {
  it.each([
    ['IMPLEMENTOR="Debian"\nJAVA_VERSION="17.0.15"\n', 17],
    ['JAVA_VERSION="25"\n', 25],
    ['JAVA_VERSION="1.8.0_402"\n', 8],
    ['IMPLEMENTOR="Debian"\n', undefined],
  ])('reads %j as %j', (release, major) => {
    expect(parseJavaMajor(release)).toBe(major)
  })
})

describe('findJava()', () => {
  it('refuses a folder that was asked for and holds no Java', async () => {
    const home = await temporaryDirectory()
    expect(() => findJava('5.26.30', home)).toThrow(
      new DatabaseError(`Cannot run Neo4j 5.26.30 with ${home}: expected a Java development kit 17 or newer, got none`),
    )
  })
})
