/** What a network says of one graph, taken out of the results of the shard that it was computed in. */
import { NotFiniteError } from '../errors.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import { softmax } from './losses.ts'
import { embeddingSize, isMultiChannel, type NetworkShape } from './parameters.ts'
import type { PredictionOutput } from './program/shard-programs.ts'
import { inTargetUnits, type TargetScaling } from './targets.ts'

/** What the network says of one graph. */
export interface Prediction {
  readonly key: Key
  readonly outcome: ClassOutcome | ValueOutcome
  /** h_G. [D] */
  readonly embedding: Float32Array
  /** Mask of row v in layer k at [k * N + v]; of a mask per channel, the mean over channels. [K, N] */
  readonly masks: Float32Array
  /** Mask of row v in layer k and channel i at [(k * N + v) * H + i]; `null` with one mask per node. [K, N, H] */
  readonly maskChannels: Float32Array | null
}

export interface ClassOutcome {
  /** Most probable class; the first of equally probable ones. */
  readonly classIndex: number
  readonly probability: number
  /** In the model's class order. [C] */
  readonly probabilities: readonly number[]
}

export interface ValueOutcome {
  /** Predicted targets, in their own units. [C] */
  readonly values: readonly number[]
}

export interface GraphResult {
  readonly shape: NetworkShape
  readonly targetScaling: TargetScaling | null
  readonly output: PredictionOutput
  /** Row of each node of the graph, layer by layer. [K] of [N] */
  readonly rows: readonly Int32Array[]
}

/**
 * Of graph i of a shard.
 *
 * @throws NotFiniteError naming the graph
 */
export function predictionOf(key: Key, i: number, { shape, targetScaling, output, rows }: GraphResult): Prediction {
  const { outputCount, hidden } = shape
  const row = output.output.subarray(i * outputCount, (i + 1) * outputCount)
  const width = embeddingSize(shape)
  const nodeCount = rows[0]?.length ?? 0
  const channels = isMultiChannel(shape) ? hidden : 1
  const maskChannels = new Float32Array(rows.length * nodeCount * channels)
  rows.forEach((rowOf, k) => {
    const masks = output.masks[k]
    rowOf.forEach((from, v) => {
      const to = (k * nodeCount + v) * channels
      for (let c = 0; c < channels; c++) maskChannels[to + c] = masks?.[from * channels + c] ?? Number.NaN
    })
  })
  const embedding = output.embeddings.slice(i * width, (i + 1) * width)
  // Rectifiers that are fused with a matrix product make 0 of NaN, so outputs alone do not tell.
  for (const [what, numbers] of Object.entries({ outputs: row, embedding, masks: maskChannels }))
    requireFinite(numbers, what, key)
  return {
    key,
    outcome: targetScaling === null ? classOutcome(row) : { values: inTargetUnits(row, targetScaling) },
    embedding,
    masks: channels === 1 ? maskChannels : meanOverChannels(maskChannels, channels),
    maskChannels: channels === 1 ? null : maskChannels,
  }
}

function requireFinite(numbers: Float32Array, what: string, key: Key): void {
  for (const number of numbers)
    if (!Number.isFinite(number))
      throw new NotFiniteError(
        `Cannot score graph ${keyText(key)}: expected finite ${what}, got ${number}; its features or edge weights are not finite or too large, or the weights of the model are`,
      )
}

/** Of logits [C]. */
function classOutcome(logits: Float32Array): ClassOutcome {
  const probabilities = softmax(logits)
  const probability = Math.max(...probabilities)
  return { classIndex: probabilities.indexOf(probability), probability, probabilities }
}

function meanOverChannels(maskChannels: Float32Array, channels: number): Float32Array {
  return Float32Array.from({ length: maskChannels.length / channels }, (_, at) => {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += maskChannels[at * channels + c] ?? 0
    return sum / channels
  })
}
