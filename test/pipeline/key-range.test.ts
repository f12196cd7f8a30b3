import { describe, expect, it } from 'vitest'
import { comesBefore } from '../../src/pipeline/key-range.ts'

describe('comesBefore()', () => {
  it('is by value for numbers and by code points for text, as in the database', () => {
    expect(comesBefore(9n, 10n)).toBe(true)
    expect(comesBefore('9', '10')).toBe(false)
    // U+FF5E is one unit, U+1F600 two of which the first is smaller.
    expect('\u{1F600}' < '\uFF5E').toBe(true)
    expect(comesBefore('\uFF5E', '\u{1F600}')).toBe(true)
    expect(comesBefore('a', 'a')).toBe(false)
  })
})
