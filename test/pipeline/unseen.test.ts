import { describe, expect, it } from 'vitest'
import { attributeWarnings } from '../../src/pipeline/graph-encoder.ts'
import { nothingUnseen, warningsOf } from '../../src/pipeline/unseen.ts'

const unseen = { parallelEdges: 3, selfLoops: 2, unseenCategories: 1 }

describe('warningsOf() and attributeWarnings()', () => {
  it('say the same in the words of a database and of graphology', () => {
    expect(warningsOf(unseen)).toEqual([
      '3 parallel relationships counted once',
      '2 self-loops left out',
      '1 property values that no training graph had were encoded as all zeros',
    ])
    expect(attributeWarnings(unseen)).toEqual([
      '3 parallel edges counted once',
      '2 self-loops left out',
      '1 values that no training graph had were encoded as all zeros',
    ])
  })

  it('say nothing where all was seen', () => {
    expect(warningsOf(nothingUnseen())).toEqual([])
    expect(attributeWarnings(nothingUnseen())).toEqual([])
  })
})
