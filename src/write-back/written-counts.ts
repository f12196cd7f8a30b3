/** How much a scoring writes, from the form of the model alone. */
import type { ModelOptions, WritingOptions } from '../config/schema.ts'
import { embeddingSize, isMultiChannel } from '../model/network-shape.ts'

export interface WrittenCounts {
  /** Properties of a graph node, the time among them. */
  readonly perGraph: number
  /** Properties of a member, or of its membership. */
  readonly perMember: number
  /** Numbers in the lists of a graph node: embedding and probabilities. */
  readonly numbersPerGraph: number
  /** Numbers in the lists of a member: its masks of all channels, where they are written. */
  readonly numbersPerMember: number
}

export function writtenCounts(
  model: Pick<ModelOptions, 'task' | 'variant' | 'layers' | 'hidden'>,
  { maskChannels }: Pick<WritingOptions, 'maskChannels'>,
  classCount: number,
): WrittenCounts {
  const channels = maskChannels && isMultiChannel(model)
  // Prediction, embedding, model, run, time, fingerprint; probability and probabilities.
  return {
    perGraph: model.task === 'classification' ? 8 : 6,
    perMember: model.layers + (channels ? 1 : 0),
    numbersPerGraph: embeddingSize(model) + classCount,
    numbersPerMember: channels ? model.layers * model.hidden : 0,
  }
}

/** Properties of what is made where the user has no memberships, once: projection and key of a graph node, projection of a membership. */
export const madeCounts = { perGraphNode: 2, perMembership: 1 } as const
