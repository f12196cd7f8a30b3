import { describe, expect, it } from 'vitest'
import { maskQualityText } from '../../src/cli/mask-quality-text.ts'

const quality = {
  ...{ graphCount: 80, share: 0.2, sparsity: [0.5, 0.5], stability: null },
  ...{ deletionFidelity: [0.5, 0.3], randomDeletionFidelity: 0.2, insertionFidelity: [0.1, 0.1] },
  randomInsertionFidelity: 0.4,
}

describe('maskQualityText()', () => {
  it('names the best layers', () => {
    expect(maskQualityText({ ...quality, rocAuc: [0.9, 0.95], truthProperty: 'inRing' })).toBe(
      'Masks, on 80 held-out graphs: deletion fidelity 0.500 (random 0.200) in layer 1, ROC AUC against inRing 0.950 in layer 2',
    )
  })

  it('is silent about a truth that is not known', () => {
    expect(maskQualityText({ ...quality, rocAuc: null, truthProperty: null })).toBe(
      'Masks, on 80 held-out graphs: deletion fidelity 0.500 (random 0.200) in layer 1',
    )
  })
})
