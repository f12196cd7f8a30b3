/** The masks of graphs, layer by layer. */

/** The masks of layer k, from 0, of a graph of N nodes. @param masks of all layers, [K, N] @returns [N] */
export function layerMasks(masks: Float32Array, k: number, nodeCount: number): Float32Array {
  return masks.subarray(k * nodeCount, (k + 1) * nodeCount)
}

/**
 * Mean over graphs of a measure of the masks of each layer; graphs that have none (`null`) do not count. `null` where a layer has
 * none of any graph. [K]
 *
 * @param masks of each graph, [K, N]
 */
export function meanByLayer(
  masks: readonly Float32Array[],
  layers: number,
  measure: (ofLayer: Float32Array, graph: number, layer: number) => number | null,
): number[] | null {
  const means: number[] = []
  for (let k = 0; k < layers; k++) {
    const values = masks.map((ofGraph, g) => measure(layerMasks(ofGraph, k, ofGraph.length / layers), g, k))
    const known = values.filter((value) => value !== null)
    if (known.length === 0) return null
    means.push(known.reduce((sum, value) => sum + value, 0) / known.length)
  }
  return means
}
