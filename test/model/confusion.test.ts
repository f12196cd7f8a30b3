import { describe, expect, it } from 'vitest'
import { confusionMatrix, sumOfConfusions } from '../../src/model/confusion.ts'

describe('confusionMatrix()', () => {
  it('has a row for each class and a column for each prediction', () => {
    expect(confusionMatrix([0, 0, 1, 1, 1], [0, 1, 1, 1, 0], 3)).toEqual([
      [1, 1, 0],
      [1, 2, 0],
      [0, 0, 0],
    ])
  })
})

describe('sumOfConfusions()', () => {
  it('adds up cell by cell', () => {
    const matrix = [
      [1, 2],
      [3, 4],
    ]
    expect(sumOfConfusions([matrix, matrix, matrix])).toEqual([
      [3, 6],
      [9, 12],
    ])
  })

  it('is empty of none', () => {
    expect(sumOfConfusions([])).toEqual([])
  })
})
