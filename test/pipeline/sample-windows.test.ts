import { describe, expect, it } from 'vitest'
import { sampleWindows } from '../../src/pipeline/proposal/sample-windows.ts'

describe('sampleWindows()', () => {
  it('takes everything where that is no more than the windows hold', () => {
    expect(sampleWindows(40, { count: 4, size: 10 })).toEqual([{ skip: 0n, limit: 40n }])
  })

  it('spreads the windows evenly', () => {
    expect(sampleWindows(100, { count: 4, size: 10 }).map(({ skip }) => skip)).toEqual([0n, 25n, 50n, 75n])
  })

  it('passes over no more than 200,000, however many there are', () => {
    expect(sampleWindows(1e9, { count: 4, size: 10 }).map(({ skip }) => skip)).toEqual([
      0n,
      50_000n,
      100_000n,
      150_000n,
    ])
  })
})
