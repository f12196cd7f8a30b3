/** What masks say by themselves, beside the truth, and beside those of other models; nothing is predicted again. */
import { rocAuc } from '../metrics.ts'
import { rankCorrelation } from '../ranks.ts'
import { layerMasks, meanByLayer } from './layer-masks.ts'

/**
 * Sparsity by layer: the share of a graph's nodes that the explanation leaves out, mean over graphs, as in "Explainability in
 * Graph Neural Networks: A Taxonomic Survey" (Yuan et al., 2022). A mask below one half leaves its node out. [K]
 *
 * @param masks of each graph, [K, N]
 */
export function maskSparsity(masks: readonly Float32Array[], layers: number): number[] {
  return meanByLayer(masks, layers, (mask) => mask.filter((m) => m < 0.5).length / mask.length) ?? []
}

/**
 * ROC AUC by layer of the mask against the truth, mean over the graphs that hold both kinds of nodes; `null` without such a
 * graph. 1: every node of the cause has a higher mask than any other; 0.5: as good as chance. [K]
 *
 * @param masks of each graph, [K, N]
 * @param truth whether each node is part of the cause, [N] of each graph
 */
export function maskRocAuc(
  masks: readonly Float32Array[],
  truth: readonly (readonly boolean[])[],
  layers: number,
): number[] | null {
  return meanByLayer(masks, layers, (mask, g) => rocAuc(mask, truth[g] ?? []))
}

/**
 * Stability by layer: Spearman's rank correlation of the masks of two models, mean over graphs and over all pairs of models;
 * `null` where all the masks of a layer are the same. 1: all rank the nodes alike. [K]
 *
 * @param masksOfModels of each model and graph, [K, N]
 */
export function maskStability(masksOfModels: readonly (readonly Float32Array[])[], layers: number): number[] | null {
  const pairs = masksOfModels.flatMap((first, i) => masksOfModels.slice(i + 1).map((second) => ({ first, second })))
  const both = pairs.flatMap(({ first, second }) => first.map((masks, g) => ({ masks, other: second[g] })))
  return meanByLayer(
    both.map(({ masks }) => masks),
    layers,
    (mask, at, k) => {
      const other = both[at]?.other
      return other === undefined ? null : rankCorrelation(mask, layerMasks(other, k, mask.length))
    },
  )
}
