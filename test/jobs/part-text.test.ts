import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError, SmgError, SourceDataError } from '../../src/errors.ts'
import { isFinal, partError, partErrorText } from '../../src/jobs/part-error.ts'
import { partOfText, partText } from '../../src/jobs/part-text.ts'

describe('the text of a part', () => {
  it('keeps INTEGERs apart from numbers and texts, however large', () => {
    const value = { from: 9007199254740993n, before: 'm7', layers: [1, 2.5], none: null }
    expect(partOfText(partText(value))).toEqual(value)
  })

  it('gives back whatever it was made of', () => {
    const leaf = fc.oneof(fc.bigInt(), fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
    const values = fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(leaf, fc.array(leaf)), { noNullPrototype: true })
    fc.assert(
      fc.property(values, (value) => {
        expect(partOfText(partText(value))).toEqual(value)
      }),
    )
  })
})

describe('an error of a part', () => {
  it('arrives as it was thrown, so that the exit code is the same', () => {
    const arrived = partError(partErrorText(new SourceDataError("Cannot read graph 'm1': it has no nodes")))
    expect(arrived).toEqual(new SourceDataError("Cannot read graph 'm1': it has no nodes"))
    expect(arrived.exitCode).toBe(3)
  })

  it('of anything else, and of BullMQ itself, is one of the run', () => {
    expect(partError(partErrorText(new TypeError('x is undefined')))).toEqual(new SmgError('x is undefined'))
    expect(partError('job stalled more than allowable limit').message).toContain('its workers died or fell silent')
  })

  it('is final where another attempt would end the same way', () => {
    expect([new ConfigError(''), new SourceDataError('')].every(isFinal)).toBe(true)
    expect([new SmgError(''), new Error('')].some(isFinal)).toBe(false)
  })
})
