/** The quality of a model's masks as flat properties of its runs: FLOAT, LIST<FLOAT> by layer; what was not measured is not there. */
import type { MaskQuality } from '../../model/mask-quality/mask-quality.ts'

export function maskQualityProperties(
  quality: MaskQuality | undefined,
): Readonly<Record<string, number | bigint | string | readonly number[]>> {
  if (quality === undefined) return {}
  const { rocAuc, truthProperty, stability } = quality
  return {
    maskGraphCount: BigInt(quality.graphCount),
    maskShare: quality.share,
    maskDeletionFidelity: quality.deletionFidelity,
    maskRandomDeletionFidelity: quality.randomDeletionFidelity,
    maskInsertionFidelity: quality.insertionFidelity,
    maskRandomInsertionFidelity: quality.randomInsertionFidelity,
    maskSparsity: quality.sparsity,
    ...(rocAuc === null ? {} : { maskRocAuc: rocAuc }),
    ...(truthProperty === null ? {} : { maskTruthProperty: truthProperty }),
    ...(stability === null ? {} : { maskStability: stability }),
  }
}
