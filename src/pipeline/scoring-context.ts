/** What decides the scores of a graph, and what is written of them, beside the graph: the context of its fingerprint. */
import { createHash } from 'node:crypto'
import { changedSincePropertyOf, makesMemberships } from '../config/graph-nodes.ts'
import type { Projection, WritingOptions } from '../config/schema.ts'
import type { TrainedModel } from '../model/model.ts'

/** Differs between any two models, also between two of the same name and version from different folders. */
export function scoringContext(model: TrainedModel, { maskChannels }: Pick<WritingOptions, 'maskChannels'>): string {
  const hash = createHash('sha256').update(`${model.name}\n${model.version}\n${model.createdAt}\n`)
  for (const { data } of Object.values(model.weights))
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return hash.digest('hex') + (maskChannels ? ' with masks of channels' : '')
}

/**
 * Whose memberships are to be made: a projection of another kind or name has yet to make its own. Where graphs may be left
 * unread, also how they are read, as nothing else would tell of another setting.
 */
export function projectionContext(projection: Projection): string {
  const made = makesMemberships(projection) ? ` by ${projection.kind} ${projection.name}` : ''
  return made + (changedSincePropertyOf(projection) === null ? '' : ` as ${JSON.stringify(projection)}`)
}
