/** How good the masks of a model are, in one line. */
import type { MaskQuality } from '../model/mask-quality/mask-quality.ts'

/**
 * "Masks, on 80 held-out graphs: deletion fidelity 0.491 (random 0.183) in layer 1, ROC AUC against inRing 1.000 in layer 3", each
 * of the best layer
 */
export function maskQualityText(quality: MaskQuality): string {
  const { graphCount, deletionFidelity, randomDeletionFidelity, rocAuc, truthProperty } = quality
  const deletion = best(deletionFidelity)
  const area = rocAuc === null ? undefined : best(rocAuc)
  return (
    `Masks, on ${graphCount} held-out graphs: ` +
    `deletion fidelity ${deletion.value.toFixed(3)} (random ${randomDeletionFidelity.toFixed(3)}) in layer ${deletion.layer}` +
    (area === undefined ? '' : `, ROC AUC against ${truthProperty} ${area.value.toFixed(3)} in layer ${area.layer}`)
  )
}

function best(byLayer: readonly number[]): { readonly value: number; readonly layer: number } {
  const value = Math.max(...byLayer)
  return { value, layer: byLayer.indexOf(value) + 1 }
}
