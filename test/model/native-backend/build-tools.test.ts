import { describe, expect, it } from 'vitest'
import { missingBuildTools } from '../../../src/model/native-backend/build-tools.ts'

const all = { python: true, pip: true, compiler: true, make: true }

describe('missingBuildTools()', () => {
  it('says nothing when all is there', () => {
    expect(missingBuildTools(all)).toEqual([])
  })

  it('gives one sentence per missing tool, with the way to get it', () => {
    expect(missingBuildTools({ python: false, pip: false, compiler: false, make: false })).toEqual([
      expect.stringMatching(/^Python 3 is missing: install it with "apt install python3 python3-pip"/),
      expect.stringMatching(/^A C\+\+ compiler is missing: .*g\+\+/),
      expect.stringMatching(/^make is missing: /),
    ])
  })

  it('asks for pip only where there is a Python', () => {
    expect(missingBuildTools({ ...all, pip: false })).toEqual([expect.stringMatching(/^The pip module of Python 3/)])
  })
})
