import { describe, expect, it } from 'vitest'
import { parseParameters } from '../../src/cli/query-parameters.ts'
import { ConfigError } from '../../src/errors.ts'

describe('parseParameters()', () => {
  it.each([
    ['n=7', 7n],
    ['n=-9007199254740993', -9007199254740993n],
    ['n=7.0', 7],
    ['n=1e3', 1000],
    ['n=true', true],
    ['n=null', null],
    ['n=["a",0.5]', ['a', 0.5]],
    ['n={"a":"b"}', { a: 'b' }],
    ['n="7"', '7'],
    ['n=Case 7', 'Case 7'],
    ['n=a=b', 'a=b'],
    ['n=', ''],
    ['n=[1', '[1'],
  ])('reads %s', (text, value) => {
    expect(parseParameters([text])).toEqual({ n: value })
  })

  it('takes several, the last one of a name', () => {
    expect(parseParameters(['a=1', 'b=x', 'a=2'])).toEqual({ a: 2n, b: 'x' })
  })

  it.each(['n', '=7', ''])('refuses %j', (text) => {
    expect(() => parseParameters([text])).toThrow(
      new ConfigError(`Cannot use the parameter '${text}': expected name=value`),
    )
  })
})
