/** What decides the scores of a graph, and what is written of them, beside the graph: the context of its fingerprint. */
import { createHash } from 'node:crypto'
import type { WritingOptions } from '../config/schema.ts'
import type { TrainedModel } from '../model/model.ts'

/** Differs between any two models, also between two of the same name and version from different folders. */
export function scoringContext(model: TrainedModel, { maskChannels }: Pick<WritingOptions, 'maskChannels'>): string {
  const hash = createHash('sha256').update(`${model.name}\n${model.version}\n${model.createdAt}\n`)
  for (const { data } of Object.values(model.weights))
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return hash.digest('hex') + (maskChannels ? ' with masks of channels' : '')
}
