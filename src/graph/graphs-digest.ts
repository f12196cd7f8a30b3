/** A digest of encoded graphs: equal exactly when a network would learn the same from them. */
import { createHash } from 'node:crypto'
import type { EncodedGraph } from './encoded-graph.ts'

/** SHA-256 over all numbers of the graphs, in their order; their keys play no part. */
export function graphsDigest(graphs: readonly EncodedGraph[]): string {
  const hash = createHash('sha256')
  for (const graph of graphs) {
    const { nodeCount, featureCount, typeCount, edgeFeatureCount, y, targets } = graph
    const { x, source, target, edgeWeight, edgeType, edgeFeatures } = graph
    const arrays = [x, source, target, edgeWeight, edgeType, edgeFeatures]
    const lengths = arrays.map((array) => array?.length ?? null)
    hash.update(`${JSON.stringify([nodeCount, featureCount, typeCount, edgeFeatureCount, y, targets, lengths])}\n`)
    for (const array of arrays)
      if (array !== null) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
  }
  return hash.digest('hex')
}
