import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/load.ts'
import { SmgError } from '../../../src/errors.ts'
import type { MaskQuality } from '../../../src/model/mask-quality/mask-quality.ts'
import { requireMaskQuality } from '../../../src/pipeline/mask-quality/require-mask-quality.ts'
import { modelNamed } from '../../model/support/models.ts'

const quality: MaskQuality = {
  ...{ graphCount: 80, share: 0.2, sparsity: [0.5, 0.5], truthProperty: 'inRing', stability: null },
  ...{ deletionFidelity: [0.3, 0.5], randomDeletionFidelity: 0.2, rocAuc: [0.9, 0.95] },
  ...{ insertionFidelity: [0.1, 0.1], randomInsertionFidelity: 0.4 },
}

/** Asks for `wanted` of a model whose masks are as above, but for `changes`; `null`: they were not measured. */
function ask(wanted: object, changes: Partial<MaskQuality> | null = {}): void {
  const projection = {
    ...{ name: 'cases', graphLabel: 'Case', graphKey: 'caseId', nodeLabels: ['Account'], nodeKey: 'accountId' },
    ...{ membershipType: 'MEMBER_OF', relationshipTypes: ['PAID'] },
  }
  const config = parseConfig({ projection, targetProperty: 'suspicious', maskQuality: wanted }, 'test')
  const maskQuality = changes === null ? undefined : { ...quality, ...changes }
  requireMaskQuality({ ...modelNamed('rings'), maskQuality }, config)
}

const refusal = (problem: string) => new SmgError(`Cannot write with the model rings:1: ${problem}`)
const remedy = 'Train another with --retrain and other settings, or lower the minimum'

describe('requireMaskQuality()', () => {
  it('asks for nothing unless a minimum is set', () => {
    expect(() => ask({}, null)).not.toThrow()
    expect(() => ask({ truthProperty: 'inRing' }, { rocAuc: [0, 0] })).not.toThrow()
  })

  it('takes the best layer: a fidelity of 0.5 is 2.5 times 0.2', () => {
    expect(() => ask({ minimumFidelityRatio: 2.5 })).not.toThrow()
    expect(() => ask({ minimumFidelityRatio: 2.6 })).toThrow(
      refusal(
        `expected a deletion fidelity of at least 2.6 times that of random members (maskQuality.minimumFidelityRatio), got 0.500 beside 0.200, 2.50 times, on 80 held-out graphs. ${remedy}`,
      ),
    )
  })

  it('takes the best ROC AUC', () => {
    expect(() => ask({ truthProperty: 'inRing', minimumRocAuc: 0.95 })).not.toThrow()
    expect(() => ask({ truthProperty: 'inRing', minimumRocAuc: 0.96 })).toThrow(
      refusal(
        `expected a ROC AUC of the masks against inRing of at least 0.96 (maskQuality.minimumRocAuc), got 0.950 in the best layer, on 80 held-out graphs. ${remedy}`,
      ),
    )
  })

  it('says all that is too low at once', () => {
    expect(() => ask({ minimumFidelityRatio: 3, truthProperty: 'inRing', minimumRocAuc: 1 })).toThrow(
      /random members .*, got 0\.500 .*; expected a ROC AUC .*, got 0\.950 in the best layer/,
    )
  })

  it('lets masks pass that move a prediction which no random node does, and none that do not', () => {
    expect(() => ask({ minimumFidelityRatio: 3 }, { randomDeletionFidelity: 0 })).not.toThrow()
    expect(() => ask({ minimumFidelityRatio: 3 }, { randomDeletionFidelity: -0.01 })).not.toThrow()
    expect(() => ask({ minimumFidelityRatio: 3 }, { deletionFidelity: [0, 0], randomDeletionFidelity: 0 })).toThrow(
      'got 0.000 beside 0.000, on 80 held-out graphs',
    )
  })

  it('refuses where no graph holds members of both kinds', () => {
    expect(() => ask({ truthProperty: 'inRing', minimumRocAuc: 0.9 }, { rocAuc: null })).toThrow(
      'got none of 80 held-out graphs with members of both kinds',
    )
  })

  it.each([
    [null, 'a model whose masks were not measured'],
    [{ share: 0.1 }, 'share 0.1'],
    [{ truthProperty: null }, 'truthProperty none'],
  ])('refuses a model that was measured otherwise, as %j', (changes, got) => {
    expect(() => ask({ truthProperty: 'inRing', minimumRocAuc: 0.9 }, changes)).toThrow(
      refusal(
        `expected its masks measured with share 0.2 and truthProperty inRing, got ${got}; train the next version with --retrain, or take the minimum out of maskQuality`,
      ),
    )
  })
})
