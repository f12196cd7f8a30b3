import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBlank, splitStatements } from '../../src/cli/split-statements.ts'

describe('splitStatements()', () => {
  it('gives the statements that end with a semicolon, and the unfinished rest', () => {
    expect(splitStatements('RETURN 1; RETURN 2;\nRETURN')).toEqual({
      statements: ['RETURN 1', 'RETURN 2'],
      rest: '\nRETURN',
    })
  })

  it.each([
    ["RETURN 'a;b'"],
    ['RETURN "a;b"'],
    ["RETURN 'it\\'s; so'"],
    ['MATCH (n:`odd;label`) RETURN n'],
    ['RETURN 1 // one; two'],
    ['RETURN /* one; \n two; */ 1'],
  ])('leaves the semicolon inside %s alone', (statement) => {
    expect(splitStatements(`${statement}\n;`)).toEqual({ statements: [statement], rest: '' })
  })

  it.each([["RETURN 'a;"], ['RETURN `a;'], ['RETURN 1 /* a;']])('waits for the end of %s', (text) => {
    expect(splitStatements(text)).toEqual({ statements: [], rest: text })
  })

  it('leaves out statements of nothing but comments', () => {
    expect(splitStatements(';; /* a */ ; // b\n;').statements).toEqual([])
  })

  it('gives the same statements however the text is cut into lines as they are typed', () => {
    const pieces = ['RETURN 1', "'a;b'", '`c;d`', '/* e; */', '// f;\n', ';', '\n', ' ']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces)), (chosen) => {
        const text = `${chosen.join('')}\n`
        const typed: string[] = []
        let rest = ''
        for (const line of text.split('\n').slice(0, -1)) {
          const split = splitStatements(`${rest}${line}\n`)
          typed.push(...split.statements)
          rest = split.rest
        }
        expect({ statements: typed, rest }).toEqual(splitStatements(text))
      }),
    )
  })
})

describe('isBlank()', () => {
  it.each(['', ' \n', '// note\n', '/* note */ // note'])('holds for %j', (text) => {
    expect(isBlank(text)).toBe(true)
  })

  it.each(['RETURN 1', "'// no comment'", '`'])('does not hold for %j', (text) => {
    expect(isBlank(text)).toBe(false)
  })

  it('holds for a comment that is still open, as it holds no statement yet', () => {
    expect(isBlank('/* open')).toBe(true)
  })
})
